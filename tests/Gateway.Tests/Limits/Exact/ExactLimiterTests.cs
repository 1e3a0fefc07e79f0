using Gateway.Limits;
using Microsoft.Extensions.Time.Testing;
using Records;

namespace Gateway.Tests.Limits.Exact;

/// <summary>Exact limits over a store in memory that answers at once, by a clock that only the test moves.</summary>
public sealed class ExactLimiterTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryLedger _ledger;
    private readonly ExactWorld _one;
    private readonly ExactWorld _two;

    public ExactLimiterTests()
    {
        _ledger = new(_time);
        (_one, _two) = (new(_ledger, _time, 1), new(_ledger, _time, 2));
    }

    [Fact]
    public void Limit_OfTwoProcesses_IsSharedToTheLastToken()
    {
        var charge = ExactWorld.Rolling(20, _minute);

        var admitted = Enumerable.Range(0, 40).Count(request => (request % 2 == 0 ? _one : _two).Limiter.Take(charge).IsAdmitted);

        Assert.Equal(20, admitted);
    }

    [Fact]
    public void Caller_KnownToBeOver_CostsNoStorage()
    {
        var charge = ExactWorld.Rolling(5, _minute);
        Exhaust(_one, charge);
        var calls = _ledger.Calls;

        for (var request = 0; request < 1_000; request++)
        {
            Assert.False(_one.Limiter.Take(charge).IsAdmitted);
        }

        Assert.Equal(calls, _ledger.Calls);
    }

    [Fact]
    public void Lease_WhileItIsHeld_CostsNoStorage()
    {
        var charge = ExactWorld.Rolling(1_000, _minute);
        _one.Limiter.Take(charge);
        var calls = _ledger.Calls;

        for (var request = 0; request < 7; request++)
        {
            Assert.True(_one.Limiter.Take(charge).IsAdmitted);
        }

        Assert.Equal(calls, _ledger.Calls);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void Client_ThatWaitsAsLongAsTold_IsAdmitted(long count)
    {
        var charge = ExactWorld.Rolling(count, TimeSpan.FromSeconds(10));
        var refusals = 0;
        for (var request = 0; request < 5 * count; request++)
        {
            _time.Advance(TimeSpan.FromTicks(request * 37_001));
            if (_one.Limiter.Take(charge) is { IsAdmitted: false } refused)
            {
                refusals++;
                _time.Advance(TimeSpan.FromSeconds(LimitHeaders.Seconds(refused.Readings[0].Next!.Value)));
                Assert.True(_one.Limiter.Take(charge).IsAdmitted);
            }
        }

        Assert.True(refusals > 0);
    }

    [Fact]
    public void SeveralLimits_OneRefuses_NoneIsCharged()
    {
        LimitCharge[] both = [ExactWorld.Rolling(10, _minute) with { Limit = "wide" }, ExactWorld.Rolling(1, _minute) with { Limit = "narrow" }];
        Assert.True(_one.Limiter.Take(both).IsAdmitted);

        var refused = _one.Limiter.Take(both);

        Assert.Equal([true, false], refused.Readings.Select(reading => reading.HadRoom));
        Assert.Equal(9, Exhaust(_one, both[0]));
    }

    [Fact]
    public void ExactBesideLocal_TheLocalOneRefuses_TheExactOneIsNotCharged()
    {
        LimitCharge[] both = [ExactWorld.Rolling(10, _minute), Quotas.Rolling(1, _minute).Charge("local")];
        Assert.True(_one.Limiter.Take(both).IsAdmitted);

        Assert.Equal([true, false], _one.Limiter.Take(both).Readings.Select(reading => reading.HadRoom));
        Assert.Equal(9, Exhaust(_one, both[0]));
    }

    [Fact]
    public void Shadow_WithoutRoom_RefusesNothing()
    {
        var charge = ExactWorld.Rolling(1, _minute) with { Shadow = true };
        _one.Limiter.Take(charge);

        var second = _one.Limiter.Take(charge);

        Assert.True(second.IsAdmitted);
        Assert.False(second.Readings[0].HadRoom);
    }

    [Fact]
    public void Plan_ThatRaisesTheNumber_CountsAtOnce_AndOneThatLowersItFromThenOn()
    {
        var charge = ExactWorld.Rolling(5, _minute);
        Exhaust(_one, charge);

        var raised = charge with { Quota = charge.Quota with { Count = 12, Revision = 2 } };
        _time.Advance(_minute + TimeSpan.FromSeconds(3));
        Assert.Equal(12, Exhaust(_two, raised));

        _time.Advance(_minute + TimeSpan.FromSeconds(3));
        Assert.Equal(3, Exhaust(_one, charge with { Quota = charge.Quota with { Count = 3, Revision = 3 } }));
    }

    [Fact]
    public void Row_OfNewerSettings_IsObeyedByAnOlderProcess()
    {
        var charge = ExactWorld.Rolling(5, _minute);
        _one.Limiter.Take(charge with { Quota = charge.Quota with { Count = 2, Revision = 9 } });

        Assert.Equal(1, Exhaust(_two, charge));
    }

    [Fact]
    public void Bucket_Burst_ThenEarnsSteadily()
    {
        var charge = new LimitCharge("l", Quotas.Bucket(10, TimeSpan.FromSeconds(1), 50) with { IsExact = true }, "k", false);
        var burst = Exhaust(_one, charge);

        var later = 0;
        for (var step = 0; step < 100; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            later += Exhaust(_one, charge);
        }

        Assert.InRange(burst, 45, 50);
        Assert.InRange(later, 80, 101);
    }

    [Fact]
    public void Calendar_BeginsAnewAtMidnightOfTheZone()
    {
        var charge = new LimitCharge("l", Quotas.Calendar(4, CalendarPeriod.Day, "Europe/Berlin") with { IsExact = true }, "k", false);
        Assert.Equal(4, Exhaust(_one, charge));
        var refused = _one.Limiter.Take(charge);
        Assert.InRange(refused.Readings[0].Next!.Value, TimeSpan.FromHours(11), TimeSpan.FromHours(11) + TimeSpan.FromSeconds(1));

        _time.Advance(TimeSpan.FromHours(11) + TimeSpan.FromSeconds(1));

        Assert.Equal(4, Exhaust(_two, charge));
        Assert.Equal(0, Exhaust(_one, charge));
    }

    [Fact]
    public void Address_UsedLongAgo_LeavesNoRowBehind()
    {
        _one.Limiter.Take(ExactWorld.Rolling(100, TimeSpan.FromSeconds(10), "old"));
        _time.Advance(TimeSpan.FromMinutes(15));

        for (var key = 0; key < 10; key++)
        {
            _one.Limiter.Take(ExactWorld.Rolling(100, TimeSpan.FromSeconds(10), $"new {key}"));
        }

        Assert.Equal(10, _ledger.Rows.Count);
        Assert.Equal(10, _one.Accounts.Count);
    }

    [Fact]
    public void Keys_WithoutEnd_TakeNoMoreRoomThanThereIs()
    {
        var small = new ExactWorld(_ledger, _time, capacity: 50);
        for (var key = 0; key < 500; key++)
        {
            Assert.True(small.Limiter.Take(ExactWorld.Rolling(100, _minute, $"{key}")).IsAdmitted);
        }

        Assert.Equal(50, small.Accounts.Count);
    }

    private static int Exhaust(ExactWorld world, params LimitCharge[] charges)
    {
        var admitted = 0;
        while (world.Limiter.Take(charges).IsAdmitted)
        {
            admitted++;
        }

        return admitted;
    }
}
