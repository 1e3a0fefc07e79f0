using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>All that a run is made from. The same scenario always runs the same way.</summary>
internal sealed record Scenario
{
    public required int Seed { get; init; }

    /// <summary>Processes at the same time.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>The first true instant.</summary>
    public long Start { get; init; } = new DateTime(2026, 11, 23, 12, 0, 0).Ticks;

    /// <summary>How long requests come, in ticks.</summary>
    public required long Duration { get; init; }

    /// <summary>What utilisation does not count at the beginning, in ticks.</summary>
    public long WarmUp { get; init; }

    /// <summary>The kinds of requests. Each is charged to these limits.</summary>
    public required IReadOnlyList<IReadOnlyList<LimitCharge>> Kinds { get; init; }

    /// <summary>Other numbers for them; null: they stay.</summary>
    public LimitChange? Change { get; init; }

    /// <summary>Rows over which each limit is spread at the beginning; 1: there are none yet.</summary>
    public int Shards { get; init; } = 1;

    public Load Load { get; init; } = new();

    public StoreFaults Faults { get; init; } = StoreFaults.None;

    public Churn Churn { get; init; } = Churn.None;

    public Stalls Stalls { get; init; }

    /// <summary>By how much clocks may run too fast or too slow, in parts per billion.</summary>
    public int Drift { get; init; } = 200_000;

    public override string ToString() => FormattableString.Invariant(
        $"{Instances} instances, {TimeSpan.FromTicks(Duration).TotalSeconds:0.0} s, {string.Join(" & ", Kinds[0].Select(Text))}, {Kinds.Count} keys, {Shards} shards, {Load.PerSecond:0.00}/s{(Change is null ? "" : $", then {string.Join(" & ", Change.Kinds[0].Select(Text))}")}");

    private static string Text(LimitCharge charge) => FormattableString.Invariant($"{charge.Quota.Count} {charge.Quota.Shape}{(charge.Quota.Burst is { } burst ? $" burst {burst}" : "")}{(charge.Shadow ? " shadow" : "")}");
}
