using System.Globalization;

namespace Benchmarks.SideBySide.Processes;

/// <summary>What a process and all below it use.</summary>
internal static class ProcessTree
{
    // USER_HZ: 100 on every architecture that .NET runs on under Linux.
    private const double TicksPerSecond = 100;

    private const double MiB = 1024;

    /// <summary>CPU time in seconds, with that of children that have ended.</summary>
    public static double CpuSeconds(int root) => Of(root).Sum(static process => process.Ticks + process.TicksOfChildren) / TicksPerSecond;

    /// <summary>Memory that is resident, and the same with what is shared divided among those who share it.</summary>
    public static (double Rss, double Pss) MemoryMiB(int root)
    {
        var lines = Of(root).SelectMany(static process => ReadLines($"/proc/{process.Id}/smaps_rollup")).ToList();
        return (Sum("Rss:"), Sum("Pss:"));

        double Sum(string field) => lines
            .Where(line => line.StartsWith(field, StringComparison.Ordinal))
            .Sum(static line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) / MiB;
    }

    private static List<ProcessStat> Of(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Where(static folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .SelectMany(static folder => ReadLines(Path.Combine(folder, "stat")))
            .Select(ProcessStat.Parse)
            .ToList();
        var children = all.ToLookup(static process => process.Parent);
        var found = all.Where(process => process.Id == root).ToList();
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(children[found[i].Id]);
        }

        return found;
    }

    // A process may end at any time; a kernel thread has no memory to tell of.
    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
