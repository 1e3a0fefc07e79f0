using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

public sealed class PromisesTests
{
    [Theory]
    [InlineData(new long[] { 0, 10, 100, 110 }, 2, 100, true)]
    [InlineData(new long[] { 0, 10, 96, 110 }, 2, 100, false)]
    [InlineData(new long[] { 0, 0, 0 }, 2, 100, false)]
    [InlineData(new long[] { 5, 50, 1000, 1050, 1094 }, 2, 100, false)]
    public void Rolling_HoldsInEveryInterval(long[] instants, long limit, long window, bool isKept) =>
        Assert.Equal(isKept, Promises.Rolling([.. instants], limit, window) is null);

    // Two at once, and one more every 50.
    [Theory]
    [InlineData(new long[] { 0, 0, 50, 100, 150 }, true)]
    [InlineData(new long[] { 0, 0, 0 }, false)]
    [InlineData(new long[] { 0, 0, 40 }, false)]
    [InlineData(new long[] { 0, 1000, 1000, 1050, 1090 }, false)]
    public void Bucket_HoldsInEveryInterval(long[] instants, bool isKept) =>
        Assert.Equal(isKept, Promises.Bucket([.. instants], 2, 100, 2) is null);

    // Two at once, one more every 50, and from 100 on one every 10.
    [Theory]
    [InlineData(new long[] { 0, 0, 50, 100, 110, 120 }, true)]
    [InlineData(new long[] { 0, 0, 50, 80 }, false)]
    [InlineData(new long[] { 0, 0, 105, 105, 115 }, true)]
    [InlineData(new long[] { 0, 105, 105, 109 }, false)]
    public void Bucket_WhoseRateChanges_HoldsInEveryInterval(long[] instants, bool isKept) =>
        Assert.Equal(isKept, Promises.Bucket([.. instants], 100, 2, 2, 100, 10) is null);

    [Theory]
    [InlineData(2, 2, true)]
    [InlineData(3, 0, false)]
    [InlineData(0, 3, false)]
    public void Calendar_HoldsInEachPeriod(int before, int after, bool isKept)
    {
        var midnight = new DateTime(2026, 11, 24).Ticks;
        var instants = Enumerable.Repeat(midnight - 1, before).Concat(Enumerable.Repeat(midnight, after)).ToList();

        Assert.Equal(isKept, Promises.Calendar(instants, 2, new(CalendarPeriod.Day, TimeZoneInfo.Utc)) is null);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(80, false)]
    public void InFlight_HoldsAtEveryInstant(long thirdFrom, bool isKept) =>
        Assert.Equal(isKept, Promises.InFlight([new(0, 100), new(50, 200), new(thirdFrom, 150)], 2) is null);
}
