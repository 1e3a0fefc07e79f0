namespace Gateway.Tests.Limits.Simulation;

/// <summary>How calls to storage go wrong: each a share of the calls.</summary>
internal sealed record StoreFaults
{
    public static StoreFaults None { get; } = new();

    /// <summary>It happens, and nobody hears of it.</summary>
    public double AnswerLost { get; init; }

    /// <summary>It never happens, and nobody hears of it.</summary>
    public double RequestLost { get; init; }

    /// <summary>It happens after the caller gave up.</summary>
    public double RequestLate { get; init; }

    /// <summary>It takes nearly as long as the caller waits.</summary>
    public double Slow { get; init; }

    /// <summary>How long after it was sent a late request may happen, in ticks.</summary>
    public long Latest { get; init; } = 10 * TimeSpan.TicksPerSecond;

    public IReadOnlyList<Outage> Outages { get; init; } = [];
}
