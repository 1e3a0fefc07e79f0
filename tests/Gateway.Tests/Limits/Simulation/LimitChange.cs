using Gateway.Limits;
using Gateway.Limits.Ledger;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>New numbers for the same limits, which reach one process sooner than another.</summary>
/// <param name="At">Ticks from the start of the run.</param>
/// <param name="RollOut">Until the last process has them, in ticks.</param>
/// <param name="Kinds">The kinds of requests from then on, in the order of those before.</param>
internal sealed record LimitChange(long At, long RollOut, IReadOnlyList<IReadOnlyList<LimitCharge>> Kinds)
{
    // Who learned of it may be in the midst of a renewal that began before.
    private static readonly long _renewal = TimeSpan.FromSeconds(10).Ticks;

    /// <summary>From when on every interval keeps the new promise, in ticks from the start of the run.</summary>
    /// <param name="before">The limit as it was: what was leased of it may be spent.</param>
    public long HoldsFrom(LimitQuota before) => At + RollOut + _renewal + LongestLease(before);

    /// <summary>What holds all the time, whichever of the two a process goes by.</summary>
    public static LimitQuota Loosest(LimitQuota before, LimitQuota after) => before with
    {
        Count = Math.Max(before.Count, after.Count),
        Window = before.Window < after.Window ? before.Window : after.Window,
        Burst = before.Burst is { } burst ? Math.Max(burst, after.Burst!.Value) : null,
    };

    // A bucket's is a second or two slots, and a minute where slots are longer.
    private static long LongestLease(LimitQuota quota) => quota.Burst is null
        ? 11 * TimeSpan.TicksPerMinute
        : 2 * Math.Clamp(Slots.OfBucket(quota.Count, quota.Window, 0).SlotTicks, TimeSpan.TicksPerSecond, TimeSpan.TicksPerMinute);
}
