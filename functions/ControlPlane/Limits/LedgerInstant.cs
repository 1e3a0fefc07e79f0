using Records;

namespace ControlPlane.Limits;

/// <summary>Slots as times that can be shown.</summary>
internal static class LedgerInstant
{
    /// <summary>The first instant of a slot, in whole milliseconds, rounded up. Slots beyond the calendar begin at its end.</summary>
    public static DateTimeOffset StartOf(LedgerShape shape, long slot)
    {
        var ticks = ((Int128)slot * shape.SlotTicks) - shape.Phase;
        var milliseconds = (ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        return new((long)Int128.Clamp(milliseconds, 0, DateTime.MaxValue.Ticks / TimeSpan.TicksPerMillisecond) * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }
}
