namespace Benchmarks.Scale;

/// <summary>Consumers who ask equally often.</summary>
/// <param name="Consumers">How many.</param>
/// <param name="PerSecond">Requests of each of them in a second, over all instances.</param>
internal readonly record struct ConsumerGroup(double Consumers, double PerSecond)
{
    // Ranks that far apart count as one group: a twentieth.
    private const double Step = 1.05;

    /// <summary>All consumers of a workload, the busiest first.</summary>
    public static IReadOnlyList<ConsumerGroup> Of(Workload work)
    {
        if (work.Zipf == 0)
        {
            return [new(work.Consumers, work.PerSecond / work.Consumers)];
        }

        var groups = new List<(double Count, double Weight)>();
        for (double rank = 1; rank <= work.Consumers;)
        {
            var next = Math.Min(Math.Max(Math.Floor(rank * Step), rank + 1), work.Consumers + 1);
            groups.Add((next - rank, Math.Pow((rank + next - 1) / 2, -work.Zipf)));
            rank = next;
        }

        var whole = groups.Sum(group => group.Count * group.Weight);
        return [.. groups.Select(group => new ConsumerGroup(group.Count, work.PerSecond * group.Weight / whole))];
    }
}
