namespace Gateway.Tests.Limits.Simulation;

/// <summary>How requests come, over all instances.</summary>
internal sealed record Load
{
    /// <summary>On average; they come at random.</summary>
    public double PerSecond { get; init; }

    /// <summary>The most that come at once.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>True: the first instances get more of them than the last.</summary>
    public bool IsSkewed { get; init; }

    /// <summary>Share of the callers who lose patience before half a second.</summary>
    public double Impatient { get; init; }

    /// <summary>How long a request may be in flight, in ticks.</summary>
    public long Longest { get; init; } = TimeSpan.TicksPerSecond;

    /// <summary>True: one client sends them all and waits as long as it is told.</summary>
    public bool IsLone { get; init; }
}
