namespace Benchmarks.SideBySide;

/// <summary>How much is measured.</summary>
internal sealed record SidePlan
{
    /// <summary>How often each peer is started anew.</summary>
    public required int Starts { get; init; }

    public required int RoundSeconds { get; init; }

    /// <summary>The longest that a process may take to become steady at a work, when it is no longer young.</summary>
    public required int WarmSeconds { get; init; }

    public required int LatencySeconds { get; init; }

    /// <summary>How many rounds are measured again at most because others used the machine.</summary>
    public required int Repeats { get; init; }

    /// <summary>How often the time to the first answer is taken.</summary>
    public required int FirstAnswers { get; init; }

    public static SidePlan Full { get; } = new() { Starts = 3, RoundSeconds = 5, WarmSeconds = 20, LatencySeconds = 6, Repeats = 20, FirstAnswers = 5 };

    /// <summary>To see where one stands, in five minutes.</summary>
    public static SidePlan Short { get; } = new() { Starts = 1, RoundSeconds = 2, WarmSeconds = 8, LatencySeconds = 4, Repeats = 8, FirstAnswers = 3 };
}
