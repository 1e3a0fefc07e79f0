namespace Benchmarks.SideBySide.Load;

/// <summary>How long answers took, in ms, counted from when the request should have been sent.</summary>
internal sealed record Latency(double P50, double P99, double P999)
{
    public static Latency Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return new(sorted.Median(), sorted.Percentile(0.99), sorted.Percentile(0.999));
    }

    /// <summary>Of several runs, each figure by itself.</summary>
    public static Latency MedianOf(IReadOnlyCollection<Latency> runs) => new(runs.Select(static run => run.P50).Median(), runs.Select(static run => run.P99).Median(), runs.Select(static run => run.P999).Median());
}
