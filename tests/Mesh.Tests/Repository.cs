namespace Mesh.Tests;

/// <summary>Finds the data that lies beside the repository that the tests were built from, or beside a folder above it.</summary>
internal static class Repository
{
    private static readonly string _data = Path.Combine("shared", "data");

    /// <summary>Null: it is not there.</summary>
    public static string? Data { get; } = Above(folder => Directory.Exists(Path.Combine(folder, _data))) is { } folder ? Path.Combine(folder, _data) : null;

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
