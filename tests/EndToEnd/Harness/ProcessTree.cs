using System.Diagnostics;
using System.Globalization;

namespace EndToEnd.Harness;

/// <summary>What the tests ask of the operating system about processes.</summary>
internal static class ProcessTree
{
    /// <summary>Where a program is, by this process's PATH: a child may be given another.</summary>
    public static string PathOf(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) ?? program;

    /// <summary>True: this process was started so that it ignores SIGINT or SIGHUP (Linux; elsewhere nobody says).</summary>
    public static bool IgnoresSignals()
    {
        const string Field = "SigIgn:";
        const ulong HangUpOrInterrupt = (1UL << (1 - 1)) | (1UL << (2 - 1));
        var line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) : null;
        return line is not null && (ulong.Parse(line.AsSpan(Field.Length), NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) & HangUpOrInterrupt) != 0;
    }

    /// <summary>A process and all below it.</summary>
    public static IReadOnlyList<int> Of(int id)
    {
        var children = Parents().ToLookup(pair => pair.Value, pair => pair.Key);
        var found = new List<int> { id };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(children[found[i]]);
        }

        return found;
    }

    public static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Sends a signal, such as TERM or KILL, to one process.</summary>
    public static async Task SignalAsync(int id, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The process's memory that is resident now, and the most that ever was, in bytes.</summary>
    public static (long Now, long Peak) Memory(int id)
    {
        var status = File.ReadLines($"/proc/{id}/status").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return (Kilobytes(status["VmRSS"]) * 1024, Kilobytes(status["VmHWM"]) * 1024);
    }

    private static long Kilobytes(string text) => long.Parse(text.Trim().Split(' ')[0], CultureInfo.InvariantCulture);

    // /proc/ID/stat: id (name) state parent …; the name may hold spaces and brackets.
    private static IEnumerable<KeyValuePair<int, int>> Parents()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id))
            {
                continue;
            }

            string stat;
            try
            {
                stat = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (IOException)
            {
                continue;
            }

            yield return new(id, int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture));
        }
    }
}
