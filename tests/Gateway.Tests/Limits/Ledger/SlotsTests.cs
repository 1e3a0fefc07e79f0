using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger;

public sealed class SlotsTests
{
    [Theory]
    [InlineData("00:00:00.1", 20)]
    [InlineData("00:00:01", 20)]
    [InlineData("00:00:02", 60)]
    [InlineData("01:00:00", 60)]
    [InlineData("01:00:01", 96)]
    [InlineData("1.00:00:00", 96)]
    [InlineData("30.00:00:00", 720)]
    public void Slots_OfAWindow_AreAsManyAsItsLengthAsks(string window, int slots) =>
        Assert.Equal(slots, Slots.Of(TimeSpan.Parse(window, System.Globalization.CultureInfo.InvariantCulture), 0).Slots);

    [Fact]
    public void Length_IsRoundedUpFromTheStretchedWindow()
    {
        Assert.Equal(10_001_000, Slots.Length(TimeSpan.FromMinutes(1).Ticks, 60));
        Assert.Equal(4, Slots.Length(10, 3));
        Assert.Equal(6, Slots.Length(10, 2));
    }

    [Fact]
    public void AnInterval_OfAWindow_TouchesAtMostOneSlotMoreThanS() => Assert.Empty(TooMany(Slots.Length));

    [Fact]
    public void AnInterval_WhenSlotsAreRoundedDown_TouchesMore() => Assert.Contains((10L, 3), TooMany((window, slots) => window / slots));

    [Fact]
    public void AnInterval_StretchedByAClockThatIsOneInTenThousandFast_StillTouchesNoMore()
    {
        var shape = Slots.Of(TimeSpan.FromSeconds(7), 0);
        var stretched = TimeSpan.FromSeconds(7).Ticks * 10_001 / 10_000;

        Assert.True(shape.SlotOf(shape.SlotTicks - 1 + stretched) - shape.SlotOf(shape.SlotTicks - 1) <= shape.Slots);
    }

    [Fact]
    public void End_OfASlot_IsTheFirstInstantOfTheNext()
    {
        var shape = new LedgerShape(7, 3, 5);
        for (var instant = -20L; instant < 50; instant++)
        {
            var slot = shape.SlotOf(instant);

            Assert.Equal(slot, shape.SlotOf(shape.EndOf(slot) - 1));
            Assert.Equal(slot + 1, shape.SlotOf(shape.EndOf(slot)));
        }
    }

    [Fact]
    public void Phase_OfAnyKeyAndWindow_IsBelowASlot()
    {
        var shape = Slots.Of(TimeSpan.MaxValue, ulong.MaxValue);

        Assert.InRange(shape.Phase, 0, shape.SlotTicks - 1);
        Assert.NotEqual(Slots.Of(TimeSpan.FromMinutes(1), 1).Phase, Slots.Of(TimeSpan.FromMinutes(1), 2).Phase);
    }

    // Windows and slots whose intervals, both ends included, touch more than S+1 slots.
    private static List<(long Window, int Slots)> TooMany(Func<long, int, long> lengthOf)
    {
        var found = new List<(long, int)>();
        for (var window = 1L; window <= 120; window++)
        {
            for (var slots = 1; slots <= Math.Min(window, 20); slots++)
            {
                var shape = new LedgerShape(lengthOf(window, slots), slots, 0);
                for (var start = 0L; start < shape.SlotTicks; start++)
                {
                    if (shape.SlotOf(start + window) - shape.SlotOf(start) > slots)
                    {
                        found.Add((window, slots));
                        break;
                    }
                }
            }
        }

        return found;
    }
}
