namespace Infra.Tests;

/// <summary>Finds the repository that the tests were built from, and the data that lies beside it or beside a folder above it.</summary>
internal static class Repository
{
    private static readonly string _data = Path.Combine("shared", "data");

    public static string Root { get; } = Above(folder => File.Exists(Path.Combine(folder, "ServerlessGateway.sln")))
        ?? throw new InvalidOperationException("ServerlessGateway.sln was not found above the tests.");

    /// <summary>Null: it is not there.</summary>
    public static string? Data { get; } = Above(folder => Directory.Exists(Path.Combine(folder, _data))) is { } folder ? Path.Combine(folder, _data) : null;

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string? Above(Func<string, bool> isIt)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !isIt(folder.FullName))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
