using LocalHost.Hosts;

namespace LocalHost.Terminal;

/// <summary>What the user reads before the log begins.</summary>
internal static class Banner
{
    public static void Progress(string text) => Console.WriteLine($"· {text}");

    public static void Ready(LocalFolder folder, ILocalSystem system)
    {
        var width = system.Started.Max(row => row.Address.Length);
        Console.WriteLine();
        foreach (var (address, what) in system.Started.Reverse())
        {
            Console.WriteLine($"  {address.PadRight(width)}   {what}");
        }

        Console.WriteLine();
        ShowAwaited(system.Awaited);
        Console.WriteLine("Try, in another terminal:");
        Console.WriteLine();
        Console.WriteLine($"  source {Shown(folder[DevEnvironment.File])}");
        foreach (var line in system.Examples())
        {
            Console.WriteLine($"  {line}");
        }

        Console.WriteLine();
        Console.WriteLine($"Ready. Ctrl-C stops {system.Extent}.");
    }

    /// <summary>Why the end may take a while, where it may.</summary>
    public static void Stopping(int requests)
    {
        var underWay = requests == 1 ? "1 request under way has" : $"{requests} requests under way have";
        Progress(requests == 0 ? "stopping …" : $"stopping: {underWay} up to {LocalServer.DrainWithin.TotalSeconds:0} s; Ctrl-C again ends at once");
    }

    // In full: a backend stands in a folder of its own.
    private static void ShowAwaited(IReadOnlyList<(string Service, string File)> awaited)
    {
        if (awaited.Count == 0)
        {
            return;
        }

        Console.WriteLine("Called over the mesh, and yours to start (docs/mesh.md, \"Try it on your machine\"):");
        Console.WriteLine();
        foreach (var (service, file) in awaited)
        {
            Console.WriteLine($"  {service}: Mesh__Local={file} dotnet run");
        }

        Console.WriteLine();
    }

    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
