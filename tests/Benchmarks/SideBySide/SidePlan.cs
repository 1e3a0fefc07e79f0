namespace Benchmarks.SideBySide;

/// <summary>How much is measured.</summary>
internal sealed record SidePlan
{
    /// <summary>How often each peer is started anew.</summary>
    public required int Starts { get; init; }

    public required int RoundSeconds { get; init; }

    /// <summary>The longest that the first load of a process may take to become steady.</summary>
    public required int WarmSeconds { get; init; }

    /// <summary>The same of the loads after it.</summary>
    public required int WarmAgainSeconds { get; init; }

    public required int LatencySeconds { get; init; }

    /// <summary>How many rounds are measured again at most because others used the machine.</summary>
    public required int Repeats { get; init; }

    /// <summary>How often the time to the first answer is taken.</summary>
    public required int FirstAnswers { get; init; }

    public static SidePlan Full { get; } = new() { Starts = 3, RoundSeconds = 5, WarmSeconds = 45, WarmAgainSeconds = 14, LatencySeconds = 8, Repeats = 30, FirstAnswers = 5 };

    /// <summary>To see where one stands, in five minutes.</summary>
    public static SidePlan Short { get; } = new() { Starts = 1, RoundSeconds = 3, WarmSeconds = 24, WarmAgainSeconds = 6, LatencySeconds = 4, Repeats = 8, FirstAnswers = 3 };
}
