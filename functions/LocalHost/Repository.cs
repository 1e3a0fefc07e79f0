namespace LocalHost;

/// <summary>Where the sources lie: the local host runs from a clone, which also holds Azurite and the default configuration.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string DefaultConfig => Path.Combine(Root, "functions", "FrontDoor", "gateway.yaml");

    public static string DefaultFolder => Path.Combine(Root, ".local");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ServerlessGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new StartFailure("The local host must be built inside a clone of the repository: there is no ServerlessGateway.sln above it.");
    }
}
