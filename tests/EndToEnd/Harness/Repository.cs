namespace EndToEnd.Harness;

/// <summary>Where things lie in the clone that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The local host, of the same configuration (debug, release) as the tests.</summary>
    public static string LocalHost { get; } = Built("LocalHost", "LocalHost.dll");

    /// <summary>The operator's command.</summary>
    public static string Gw { get; } = Built("Cli", "gw.dll");

    private static string Built(string project, string file) => Path.Combine(Root, "artifacts", "bin", project, new DirectoryInfo(AppContext.BaseDirectory).Name, file);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ServerlessGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests must be built inside a clone of the repository.");
    }
}
