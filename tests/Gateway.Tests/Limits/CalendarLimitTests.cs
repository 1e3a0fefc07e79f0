using System.Globalization;
using Gateway.Limits;

namespace Gateway.Tests.Limits;

public sealed class CalendarLimitTests
{
    [Theory]
    [InlineData(CalendarPeriod.Day, "UTC", "2026-11-23T12:00:00Z", "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z")]
    [InlineData(CalendarPeriod.Day, "Europe/Berlin", "2026-11-23T23:30:00Z", "2026-11-23T23:00:00Z", "2026-11-24T23:00:00Z")]
    [InlineData(CalendarPeriod.Day, "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    [InlineData(CalendarPeriod.Month, "UTC", "2028-02-29T12:00:00Z", "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z")]
    [InlineData(CalendarPeriod.Month, "America/New_York", "2026-11-01T02:00:00Z", "2026-10-01T04:00:00Z", "2026-11-01T04:00:00Z")]
    // Clocks go forward at midnight: that day begins at one o'clock.
    [InlineData(CalendarPeriod.Day, "Africa/Cairo", "2026-04-24T12:00:00Z", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z")]
    // Clocks go back at midnight: 23:00 to 24:00 comes twice on the day before.
    [InlineData(CalendarPeriod.Day, "Africa/Cairo", "2026-10-29T12:00:00Z", "2026-10-28T21:00:00Z", "2026-10-29T22:00:00Z")]
    public void Around_Instant_IsThePeriodOfTheZone(CalendarPeriod period, string zone, string now, string start, string end) => Assert.Equal(
        (At(start), At(end)),
        new CalendarLimit(period, TimeZoneInfo.FindSystemTimeZoneById(zone)).Around(At(now)));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
