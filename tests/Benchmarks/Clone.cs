namespace Benchmarks;

/// <summary>Where things lie in the clone that the bench was built in.</summary>
internal static class Clone
{
    public static string Root { get; } = Find();

    /// <summary>The local host, of the same configuration (debug, release) as the bench.</summary>
    public static string LocalHost { get; } = Path.Combine(Root, "artifacts", "bin", "LocalHost", new DirectoryInfo(AppContext.BaseDirectory).Name, "LocalHost.dll");

    public static string Results { get; } = Path.Combine(Root, "tests", "Benchmarks", "results");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ServerlessGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new BenchFailure("The benchmarks must be built inside a clone of the repository.");
    }
}
