using Gateway.Limits;
using Gateway.Limits.Exact;
using Microsoft.Extensions.Time.Testing;

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
    public async Task Limit_OfTwoProcesses_IsSharedToTheLastToken()
    {
        var charge = ExactWorld.Rolling(20, _minute);

        var admitted = 0;
        for (var request = 0; request < 40; request++)
        {
            admitted += (await TakeAsync(request % 2 == 0 ? _one : _two, charge)).IsAdmitted ? 1 : 0;
        }

        Assert.Equal(20, admitted);
    }

    [Fact]
    public async Task Caller_KnownToBeOver_CostsNoStorage()
    {
        var charge = ExactWorld.Rolling(5, _minute);
        await ExhaustAsync(_one, charge);
        var calls = _ledger.Calls;

        for (var request = 0; request < 1_000; request++)
        {
            Assert.False((await TakeAsync(_one, charge)).IsAdmitted);
        }

        Assert.Equal(calls, _ledger.Calls);
    }

    [Fact]
    public async Task Lease_WhileItIsHeld_CostsNoStorage()
    {
        var charge = ExactWorld.Rolling(1_000, _minute);
        await TakeAsync(_one, charge);
        var calls = _ledger.Calls;

        for (var request = 0; request < 7; request++)
        {
            Assert.True((await TakeAsync(_one, charge)).IsAdmitted);
        }

        Assert.Equal(calls, _ledger.Calls);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Client_ThatWaitsAsLongAsTold_IsAdmitted(long count)
    {
        var charge = ExactWorld.Rolling(count, TimeSpan.FromSeconds(10));
        var refusals = 0;
        for (var request = 0; request < 5 * count; request++)
        {
            _time.Advance(TimeSpan.FromTicks(request * 37_001 % 700_000));
            if ((await TakeAsync(_one, charge)) is { IsAdmitted: false } refused)
            {
                refusals++;
                _time.Advance(TimeSpan.FromSeconds(LimitHeaders.Seconds(refused.Readings[0].Next!.Value)));
                Assert.True((await TakeAsync(_one, charge)).IsAdmitted);
            }
        }

        Assert.True(refusals > 0);
    }

    [Fact]
    public async Task SeveralLimits_OneRefuses_NoneIsCharged()
    {
        LimitCharge[] both = [ExactWorld.Rolling(10, _minute) with { Limit = "wide" }, ExactWorld.Rolling(1, _minute) with { Limit = "narrow" }];
        Assert.True((await TakeAsync(_one, both)).IsAdmitted);

        var refused = await TakeAsync(_one, both);

        Assert.Equal([true, false], refused.Readings.Select(reading => reading.HadRoom));
        Assert.Equal(9, await ExhaustAsync(_one, both[0]));
    }

    [Fact]
    public async Task ExactBesideLocal_TheLocalOneRefuses_TheExactOneIsNotCharged()
    {
        LimitCharge[] both = [ExactWorld.Rolling(10, _minute), Quotas.Rolling(1, _minute).Charge("local")];
        Assert.True((await TakeAsync(_one, both)).IsAdmitted);

        Assert.Equal([true, false], (await TakeAsync(_one, both)).Readings.Select(reading => reading.HadRoom));
        Assert.Equal(9, await ExhaustAsync(_one, both[0]));
    }

    [Fact]
    public async Task Shadow_WithoutRoom_RefusesNothing()
    {
        var charge = ExactWorld.Rolling(1, _minute) with { Shadow = true };
        await TakeAsync(_one, charge);

        var second = await TakeAsync(_one, charge);

        Assert.True(second.IsAdmitted);
        Assert.False(second.Readings[0].HadRoom);
    }

    [Fact]
    public async Task Plan_ThatRaisesTheNumber_CountsAtOnce_AndOneThatLowersItFromThenOn()
    {
        var charge = ExactWorld.Rolling(5, _minute);
        await ExhaustAsync(_one, charge);

        var raised = charge with { Quota = charge.Quota with { Count = 12, Revision = 2 } };
        _time.Advance(_minute + TimeSpan.FromSeconds(3));
        Assert.Equal(12, await ExhaustAsync(_two, raised));

        _time.Advance(_minute + TimeSpan.FromSeconds(3));
        Assert.Equal(3, await ExhaustAsync(_one, charge with { Quota = charge.Quota with { Count = 3, Revision = 3 } }));
    }

    [Fact]
    public async Task Row_OfNewerSettings_IsObeyedByAnOlderProcess()
    {
        var charge = ExactWorld.Rolling(5, _minute);
        await TakeAsync(_one, charge with { Quota = charge.Quota with { Count = 2, Revision = 9 } });

        Assert.Equal(1, await ExhaustAsync(_two, charge));
    }

    [Fact]
    public async Task Bucket_Burst_ThenEarnsSteadily()
    {
        var charge = new LimitCharge("l", Quotas.Bucket(10, TimeSpan.FromSeconds(1), 50) with { IsExact = true }, "k", false);
        var burst = await ExhaustAsync(_one, charge);

        var later = 0;
        for (var step = 0; step < 100; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            later += await ExhaustAsync(_one, charge);
        }

        Assert.InRange(burst, 45, 50);
        Assert.InRange(later, 80, 101);
    }

    // Slots of both are 50 ms long, and earn two and three.
    [Theory]
    [InlineData(40, 60)]
    [InlineData(60, 40)]
    public async Task Bucket_WhoseRateChanges_EarnsAtTheNewOneFromThenOn(int before, int after)
    {
        var charge = new LimitCharge("l", Quotas.Bucket(before, TimeSpan.FromSeconds(1), 50) with { IsExact = true }, "k", false);
        await ExhaustAsync(_one, charge);
        var changed = charge with { Quota = charge.Quota with { Count = after, Revision = 2 } };

        var later = 0;
        for (var step = 0; step < 100; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            later += await ExhaustAsync(_one, changed);
        }

        Assert.InRange(later, 9 * after, (10 * after) + 4);
    }

    [Fact]
    public async Task Calendar_BeginsAnewAtMidnightOfTheZone()
    {
        var charge = new LimitCharge("l", Quotas.Calendar(4, CalendarPeriod.Day, "Europe/Berlin") with { IsExact = true }, "k", false);
        Assert.Equal(4, await ExhaustAsync(_one, charge));
        var refused = await TakeAsync(_one, charge);
        Assert.InRange(refused.Readings[0].Next!.Value, TimeSpan.FromHours(11), TimeSpan.FromHours(11) + TimeSpan.FromSeconds(1));

        _time.Advance(TimeSpan.FromHours(11) + TimeSpan.FromSeconds(1));

        Assert.Equal(4, await ExhaustAsync(_two, charge));
        Assert.Equal(0, await ExhaustAsync(_one, charge));
    }

    [Fact]
    public async Task Calendar_UsedNowAndThen_LosesNoTokens()
    {
        var charge = new LimitCharge("l", Quotas.Calendar(100, CalendarPeriod.Month) with { IsExact = true }, "k", false);
        for (var visit = 0; visit < 5; visit++)
        {
            Assert.True((await TakeAsync(_one, charge)).IsAdmitted);
            for (var minute = 0; minute < 15; minute++)
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                await TakeAsync(_one, ExactWorld.Rolling(10, _minute, $"other {visit} {minute}"));
            }
        }

        // What is given back in the background is given back sooner or later.
        var admitted = 0;
        for (var minute = 0; minute < 1_000 && admitted < 95; minute++)
        {
            admitted += await ExhaustAsync(_two, charge);
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.Equal((95, 0), (admitted, await ExhaustAsync(_one, charge)));
    }

    [Fact]
    public async Task LastToken_IsNotHeldForMinutes()
    {
        var charge = ExactWorld.Rolling(1, TimeSpan.FromSeconds(10));
        Assert.True((await TakeAsync(_one, charge)).IsAdmitted);

        var refused = await TakeAsync(_two, charge);

        Assert.InRange(refused.Readings[0].Next!.Value, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11));
        _time.Advance(refused.Readings[0].Next!.Value);
        Assert.True((await TakeAsync(_two, charge)).IsAdmitted);
    }

    [Fact]
    public async Task Period_ThatBecomesAnother_IsCountedFromTheBeginning()
    {
        var charge = new LimitCharge("l", Quotas.Calendar(1_000, CalendarPeriod.Month) with { IsExact = true }, "k", false);
        await TakeAsync(_one, charge);

        Assert.Equal(50, await ExhaustAsync(_one, charge with { Quota = Quotas.Calendar(50, CalendarPeriod.Day) with { IsExact = true } }));
    }

    [Fact]
    public async Task Process_ThatStops_GivesBackWhatItHolds()
    {
        var charge = ExactWorld.Rolling(20, _minute);
        await TakeAsync(_one, charge);
        Assert.True(_one.Accounts.All()[0].Free > 0);

        await new LeaseReturn(_one.Accounts, _one.Renewals, _time).StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, _ledger.Rows[0].Granted.Sum(granted => granted.Count));
        Assert.Equal(19, await ExhaustAsync(_two, charge));
    }

    [Fact]
    public async Task Address_UsedLongAgo_LeavesNoRowBehind()
    {
        await TakeAsync(_one, ExactWorld.Rolling(100, TimeSpan.FromSeconds(10), "old"));
        _time.Advance(TimeSpan.FromMinutes(15));

        for (var key = 0; key < 10; key++)
        {
            await TakeAsync(_one, ExactWorld.Rolling(100, TimeSpan.FromSeconds(10), $"new {key}"));
        }

        Assert.Equal(10, _ledger.Rows.Count);
        Assert.Equal(10, _one.Accounts.Count);
    }

    [Fact]
    public async Task Keys_WithoutEnd_TakeNoMoreRoomThanThereIs()
    {
        var small = new ExactWorld(_ledger, _time, capacity: 50);
        for (var key = 0; key < 500; key++)
        {
            Assert.True((await TakeAsync(small, ExactWorld.Rolling(100, _minute, $"{key}"))).IsAdmitted);
        }

        Assert.Equal(50, small.Accounts.Count);
    }

    private static async Task<LimitVerdict> TakeAsync(ExactWorld world, params LimitCharge[] charges) =>
        await world.Limiter.TryTakeAsync(charges, TestContext.Current.CancellationToken);

    private static async Task<int> ExhaustAsync(ExactWorld world, params LimitCharge[] charges)
    {
        var admitted = 0;
        while ((await TakeAsync(world, charges)).IsAdmitted)
        {
            admitted++;
        }

        return admitted;
    }
}
