using Records;

namespace Gateway.Limits.Ledger;

/// <summary>Slot arithmetic: time is cut into slots, S to a window. Instants are ticks of storage's time.</summary>
internal static class Slots
{
    // Room for local clocks that differ from storage's: 10⁻⁴ of a window.
    private const int DriftShare = 10_000;

    /// <summary>The shape of a rolling window. The phase comes from a hash of the key, so that not all keys turn at once.</summary>
    public static LedgerShape Of(TimeSpan window, ulong keyHash)
    {
        var slots = Count(window);
        var length = Length(window.Ticks, slots);
        return new(length, slots, (long)(keyHash % (ulong)length));
    }

    /// <summary>
    /// ⌈W·(1+10⁻⁴)/S⌉. Rounded down, an interval of length W could touch S+2 slots, and the ring counts S+1.
    /// </summary>
    public static long Length(long windowTicks, int slots)
    {
        var stretched = (Int128)windowTicks * (DriftShare + 1);
        var divisor = (Int128)slots * DriftShare;
        return (long)((stretched + divisor - 1) / divisor);
    }

    public static long SlotOf(this LedgerShape shape, long instant) => Floor(instant + shape.Phase, shape.SlotTicks);

    /// <summary>The first instant behind the slot.</summary>
    public static long EndOf(this LedgerShape shape, long slot) => ((slot + 1) * shape.SlotTicks) - shape.Phase;

    private static int Count(TimeSpan window) =>
        window <= TimeSpan.FromSeconds(1) ? 20
        : window <= TimeSpan.FromHours(1) ? 60
        : window <= TimeSpan.FromDays(1) ? 96
        : 720;

    private static long Floor(long number, long divisor) => (number >= 0 ? number : number - divisor + 1) / divisor;
}
