namespace Gateway.Limits;

/// <summary>Days or months of a time zone.</summary>
internal sealed record CalendarLimit(CalendarPeriod Period, TimeZoneInfo Zone)
{
    /// <summary>The period around an instant, from its first instant to that of the next.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) Around(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone).Date;
        var start = Period == CalendarPeriod.Day ? local : new DateTime(local.Year, local.Month, 1);
        return (Begin(start), Begin(Period == CalendarPeriod.Day ? start.AddDays(1) : start.AddMonths(1)));
    }

    /// <summary>The same, in ticks of UTC.</summary>
    public (long Start, long End) Around(long ticks)
    {
        var (start, end) = Around(new DateTimeOffset(ticks, TimeSpan.Zero));
        return (start.UtcTicks, end.UtcTicks);
    }

    // Some zones move their clocks at midnight: a day may begin at one o'clock, or have two midnights of which the first counts.
    private DateTimeOffset Begin(DateTime local)
    {
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
