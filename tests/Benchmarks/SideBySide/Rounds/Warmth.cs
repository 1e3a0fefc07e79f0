using Benchmarks.SideBySide.Processes;

namespace Benchmarks.SideBySide.Rounds;

/// <summary>How the cost of a request changed from the start of a load on, second by second, and whether it still does.</summary>
/// <param name="atLeast">Before so many seconds it counts for nothing that the cost is steady: a process that waits for its compiler is steady too.</param>
internal sealed class Warmth(double atLeast)
{
    private const double Steady = 0.05;

    // Of two windows each.
    private const int Compared = 3;

    private readonly List<(double Seconds, double Cpu, long Requests)> _windows = [];

    public static TimeSpan Window { get; } = TimeSpan.FromSeconds(1);

    public double Seconds => _windows.Sum(static window => window.Seconds);

    /// <summary>CPU per request in each, in µs.</summary>
    public IReadOnlyList<double> Windows => [.. _windows.Select(static window => window.Cpu / window.Requests * 1e6)];

    /// <summary>True: the last costs differ by no more than 5 %.</summary>
    public bool IsReached
    {
        get
        {
            if (Seconds < atLeast || _windows.Count < 2 * Compared)
            {
                return false;
            }

            var last = _windows[^(2 * Compared)..].Chunk(2).Select(static pair => Cost(pair)).ToList();
            return last.Max() <= last.Min() * (1 + Steady);
        }
    }

    public void Add(CpuUse use, long requests)
    {
        if (requests > 0)
        {
            _windows.Add((use.Seconds, use.Proxy, requests));
        }
    }

    /// <summary>CPU per request in the first seconds together, in µs.</summary>
    public double First(int windows) => Cost(_windows.Take(windows));

    private static double Cost(IEnumerable<(double Seconds, double Cpu, long Requests)> windows) =>
        windows.Aggregate((Cpu: 0.0, Requests: 0L), static (sum, window) => (sum.Cpu + window.Cpu, sum.Requests + window.Requests), static sum => sum.Cpu / sum.Requests * 1e6);
}
