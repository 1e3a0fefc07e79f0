namespace Gateway.Tests.Limits.Simulation;

/// <summary>What happens to processes, and how often: ticks between two times on average; zero: never.</summary>
internal sealed record Churn
{
    public static Churn None { get; } = new();

    public long CrashEvery { get; init; }

    public long ShutDownEvery { get; init; }

    public long PauseEvery { get; init; }

    /// <summary>How long a process may be stopped, in ticks.</summary>
    public long LongestPause { get; init; }

    /// <summary>Until another one takes its place, in ticks at most.</summary>
    public long LongestAbsence { get; init; }
}
