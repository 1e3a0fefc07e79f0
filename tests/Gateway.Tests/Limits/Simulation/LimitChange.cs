using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>New numbers for the same limits, which reach one process sooner than another.</summary>
/// <param name="At">Ticks from the start of the run.</param>
/// <param name="RollOut">Until the last process has them, in ticks.</param>
/// <param name="Kinds">The kinds of requests from then on, in the order of those before.</param>
internal sealed record LimitChange(long At, long RollOut, IReadOnlyList<IReadOnlyList<LimitCharge>> Kinds)
{
    // What was leased before may be spent for so long.
    private const long LongestLease = 10 * TimeSpan.TicksPerMinute;

    /// <summary>From when on every interval keeps the new promise, in ticks from the start of the run.</summary>
    public long HoldsFrom => At + RollOut + LongestLease + TimeSpan.TicksPerMinute;

    /// <summary>What holds all the time, whichever of the two a process goes by.</summary>
    public static LimitQuota Loosest(LimitQuota before, LimitQuota after) => before with
    {
        Count = Math.Max(before.Count, after.Count),
        Window = before.Window < after.Window ? before.Window : after.Window,
        Burst = before.Burst is { } burst ? Math.Max(burst, after.Burst!.Value) : null,
    };
}
