namespace Mesh.Tests;

/// <summary>Finds the data that lies beside the repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Data { get; } = Path.GetFullPath(Path.Combine(FindRoot(), "..", "shared", "data"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ServerlessGateway.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("ServerlessGateway.sln was not found above the tests.");
    }
}
