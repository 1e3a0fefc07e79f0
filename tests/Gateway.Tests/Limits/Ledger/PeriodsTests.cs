using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger;

public sealed class PeriodsTests
{
    private static readonly LedgerRow _first = Rows.Row(5, Slots.OfPeriod(100, 130).SlotOf(100), (Slots.OfPeriod(100, 130).SlotOf(100), 3)) with { Shape = Slots.OfPeriod(100, 130) };

    [Theory]
    [InlineData(100, 200)]
    [InlineData(129, 131)] // by the upper bound it is over, by the lower one it is not
    public void Turn_WhileThePeriodLastsByTheLowerBound_IsTheRowItself(long lower, long upper) =>
        Assert.Same(_first, Periods.Turn(_first, new(lower, upper), _ => throw new InvalidOperationException()));

    [Fact]
    public void Turn_OnceTheLowerBoundHasReachedTheEnd_IsTheNextPeriodWithoutGrants()
    {
        var next = Periods.Turn(_first, Rows.At(130), Tens);

        Assert.Equal((130, 140), (next.Shape.StartOf(next.Base), next.Shape.EndOf(next.Base)));
        Assert.Empty(next.Granted);
        Assert.Equal((_first.Epoch, _first.Limit), (next.Epoch, next.Limit));
    }

    [Fact]
    public void Turn_ByACalendarWhosePeriodBeganBeforeTheEnd_BeginsAtTheEnd()
    {
        var next = Periods.Turn(_first, Rows.At(130), _ => (125, 150));

        Assert.Equal((130, 150), (next.Shape.StartOf(next.Base), next.Shape.EndOf(next.Base)));
    }

    [Fact]
    public void Turn_AfterPeriodsInWhichNobodyWrote_IsThePeriodThatLastsNow()
    {
        var next = Periods.Turn(_first, Rows.At(177), Tens);

        Assert.Equal((170, 180), (next.Shape.StartOf(next.Base), next.Shape.EndOf(next.Base)));
    }

    [Fact]
    public void Turn_WhereTheNextPeriodIsAsLong_LeavesEarlierLeasesUnsettled()
    {
        var lease = new Lease(new(_first.Epoch, _first.Shape, _first.Base, _first.Base), 3);

        var next = Periods.Turn(_first, Rows.At(130), _ => (130, 160));

        Assert.True(SlotLedger.CanSettle(_first, lease));
        Assert.False(SlotLedger.CanSettle(next, lease));
    }

    [Fact]
    public void Turn_AtTheTurnOfARealMonth_GivesARowThatCanBeWrittenAndRead()
    {
        var (start, end) = (new DateTime(2026, 1, 31, 23, 0, 0, DateTimeKind.Utc).Ticks, new DateTime(2026, 2, 28, 23, 0, 0, DateTimeKind.Utc).Ticks);
        var next = Periods.Turn(_first, Rows.At(start + 5), _ => (start, end));

        Assert.Equal((start, end), (next.Shape.StartOf(next.Base), next.Shape.EndOf(next.Base)));
        Assert.Null(LedgerRowFormat.Read(LedgerRowFormat.Write(next)).Fault);
    }

    private static (long Start, long End) Tens(long instant) => (instant / 10 * 10, (instant / 10 * 10) + 10);
}
