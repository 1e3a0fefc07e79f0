namespace Gateway.Limits;

/// <summary>One reading of the clocks: the steady one for windows, the wall's for the calendar.</summary>
internal readonly record struct LimitInstant(long Timestamp, long Frequency, DateTimeOffset Wall)
{
    public static LimitInstant Read(TimeProvider time) => new(time.GetTimestamp(), time.TimestampFrequency, time.GetUtcNow());

    /// <summary>A duration in units of the steady clock, rounded up.</summary>
    public long Units(TimeSpan duration) =>
        (long)((((Int128)duration.Ticks * Frequency) + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);

    /// <summary>Units of the steady clock as a duration, rounded up.</summary>
    public TimeSpan Duration(Int128 units) =>
        TimeSpan.FromTicks((long)Int128.Min(((units * TimeSpan.TicksPerSecond) + Frequency - 1) / Frequency, TimeSpan.MaxValue.Ticks));
}
