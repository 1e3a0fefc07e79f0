using Records;

namespace Gateway.Limits.Ledger;

/// <summary>Slot arithmetic: time is cut into slots, S to a window. Instants are ticks of storage's time.</summary>
internal static class Slots
{
    /// <summary>Slots behind a lease in which the requests that it let in may run on, before their labels must be moved.</summary>
    public const int GraceOfPermits = 30;

    // Room for local clocks that differ from storage's: 10⁻⁴ of a window.
    private const int DriftShare = 10_000;

    // No round trip fits into less.
    private static readonly long _shortest = TimeSpan.FromMilliseconds(50).Ticks;

    // Permits are moved to later labels while requests run: the finer, the sooner those of a crashed instance come back.
    private static readonly long _permit = TimeSpan.FromSeconds(1).Ticks;

    /// <summary>The shape of a rolling window. The phase comes from a hash of the key, so that not all keys turn at once.</summary>
    public static LedgerShape Of(TimeSpan window, ulong keyHash)
    {
        var slots = Count(window);
        return Shape(Length(window.Ticks, slots), slots, keyHash);
    }

    /// <summary>
    /// The shape of a bucket that earns <see cref="Earned"/> with every slot: no faster than L per W. Its first slot begins where it is made, so
    /// that a bucket which takes the place of another earns nothing before a whole slot has passed.
    /// </summary>
    public static LedgerShape OfBucket(long count, TimeSpan window, long start) =>
        From(start, (long)Ceiling((Int128)Earned(count, window) * window.Ticks * (DriftShare + 1), (Int128)count * DriftShare));

    /// <summary>Tokens that a bucket earns with a slot: one, or more where slots would become too short.</summary>
    public static long Earned(long count, TimeSpan window) => (long)Ceiling((Int128)count * _shortest, window.Ticks);

    /// <summary>The shape of what is in flight.</summary>
    public static LedgerShape OfPermits(ulong keyHash) => Shape(_permit, 0, keyHash);

    /// <summary>A period of the calendar is one slot; the next period is another shape, as its length may differ.</summary>
    public static LedgerShape OfPeriod(long start, long end) => From(start, end - start);

    /// <summary>Slots without a window, of which one begins at this instant.</summary>
    public static LedgerShape From(long start, long length) => new(length, 0, (length - (start % length)) % length);

    /// <summary>
    /// ⌈W·(1+10⁻⁴)/S⌉. Rounded down, an interval of length W could touch S+2 slots, and the ring counts S+1.
    /// </summary>
    public static long Length(long windowTicks, int slots) =>
        (long)Ceiling((Int128)windowTicks * (DriftShare + 1), (Int128)slots * DriftShare);

    private static Int128 Ceiling(Int128 number, Int128 divisor) => (number + divisor - 1) / divisor;

    private static LedgerShape Shape(long length, int slots, ulong keyHash) => new(length, slots, (long)(keyHash % (ulong)length));

    private static int Count(TimeSpan window) =>
        window <= TimeSpan.FromSeconds(1) ? 20
        : window <= TimeSpan.FromHours(1) ? 60
        : window <= TimeSpan.FromDays(1) ? 96
        : 720;
}
