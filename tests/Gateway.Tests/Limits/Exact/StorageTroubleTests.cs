using Gateway.Limits;
using Microsoft.Extensions.Time.Testing;
using Records;

namespace Gateway.Tests.Limits.Exact;

/// <summary>What exact limits do when storage is away, answers nothing, or holds what it should not.</summary>
public sealed class StorageTroubleTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private static readonly LimitCharge _charge = ExactWorld.Rolling(100, _minute);

    private readonly FakeTimeProvider _time = new(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryLedger _ledger;
    private readonly ExactWorld _one;
    private readonly ExactWorld _two;

    public StorageTroubleTests()
    {
        _ledger = new(_time);
        (_one, _two) = (new(_ledger, _time, 1), new(_ledger, _time, 2));
    }

    [Fact]
    public async Task Away_WithoutALease_IsUnavailable_AndCountsAgainWhenItIsBack()
    {
        _ledger.IsAway = true;
        var refused = await TakeAsync(_one, _charge);

        _ledger.IsAway = false;
        var admitted = await TakeAsync(_one, _charge);

        Assert.Equal((false, true, true), (refused.IsAdmitted, refused.IsUnavailable, refused.Readings[0].IsUnknown));
        Assert.True(admitted.IsAdmitted);
    }

    [Fact]
    public async Task Away_WithALease_SpendsWhatIsHeldAndNoMore()
    {
        await TakeAsync(_one, _charge);
        var held = _one.Accounts.All()[0].Free;
        _ledger.IsAway = true;

        var admitted = 0;
        while (await TakeAsync(_one, _charge) is { IsAdmitted: true })
        {
            admitted++;
        }

        Assert.True(held > 0);
        Assert.Equal(held, admitted);
    }

    [Fact]
    public async Task Away_WhereTheLimitRatherAdmits_CountsInThisProcess()
    {
        var charge = _charge with { Quota = _charge.Quota with { Count = 5, AdmitsWhenAway = true } };
        _ledger.IsAway = true;

        var admitted = 0;
        LimitVerdict verdict;
        while ((verdict = await TakeAsync(_one, charge)).IsAdmitted)
        {
            admitted++;
        }

        Assert.Equal((5, false), (admitted, verdict.IsUnavailable));
        Assert.Equal(_minute, verdict.Readings[0].Next);
    }

    [Fact]
    public async Task Away_InShadow_RefusesNothing() =>
        Assert.True((await new ExactWorld(new MemoryLedger(_time) { IsAway = true }, _time).Limiter.TryTakeAsync([_charge with { Shadow = true }], TestContext.Current.CancellationToken)).IsAdmitted);

    [Fact]
    public async Task Away_ACallerKnownToBeOver_IsStillRefusedAsSuch()
    {
        var charge = ExactWorld.Rolling(1, _minute);
        await TakeAsync(_one, charge);
        await TakeAsync(_one, charge);
        _ledger.IsAway = true;

        var refused = await TakeAsync(_one, charge);

        Assert.Equal((false, false), (refused.IsAdmitted, refused.IsUnavailable));
    }

    [Fact]
    public async Task Answer_Lost_ButWritten_IsFoundOutByReading()
    {
        await TakeAsync(_one, ExactWorld.Rolling(100, _minute, "other"));
        _ledger.LosesNextAnswer = true;

        var admitted = await TakeAsync(_one, _charge);

        Assert.True(admitted.IsAdmitted);
        Assert.Equal(100, await CountAsync() + 1);
    }

    [Fact]
    public async Task Write_Lost_IsSentAgainAsItWas()
    {
        await TakeAsync(_one, ExactWorld.Rolling(100, _minute, "other"));
        _ledger.LosesNextWrite = true;

        Assert.True((await TakeAsync(_one, _charge)).IsAdmitted);
        Assert.Equal(100, await CountAsync() + 1);
    }

    [Fact]
    public async Task Write_WithoutAnAnswer_IsFoundOutLater_WithoutLosingAToken()
    {
        await TakeAsync(_one, _charge);
        while (_one.Accounts.All()[0].Free > 0)
        {
            await TakeAsync(_one, _charge);
        }

        var before = _ledger.Rows[0].Granted.Sum(granted => granted.Count);
        (_ledger.LosesNextWrite, _ledger.LosesReads) = (true, true);
        Assert.True((await TakeAsync(_one, _charge)).IsUnavailable);
        _ledger.LosesReads = false;

        Assert.True((await TakeAsync(_one, _charge)).IsAdmitted);
        Assert.Equal(100 - before, 1 + await CountAsync());
    }

    [Fact]
    public async Task Row_ThatCannotBeRead_AdmitsNothing_AndIsLeftAlone()
    {
        var address = LedgerAddress.Of(_charge.Limit, LedgerKind.Rolling, _charge.Key);
        _ledger.Put(address, null);

        var refused = await TakeAsync(_one, _charge);
        var writes = _ledger.Writes;
        await TakeAsync(_one, _charge);

        Assert.True(refused.IsUnavailable);
        Assert.Equal(writes, _ledger.Writes);
    }

    [Fact]
    public async Task Row_ThatCountsLessThanWasGranted_StopsGranting()
    {
        await TakeAsync(_one, _charge);
        var address = LedgerAddress.Of(_charge.Limit, LedgerKind.Rolling, _charge.Key);
        _ledger.Put(address, _ledger.Rows[0] with { Granted = [] });
        var admitted = 0;
        LimitVerdict verdict;
        while ((verdict = await TakeAsync(_one, _charge)).IsAdmitted)
        {
            admitted++;
        }

        Assert.True(verdict.IsUnavailable);
        Assert.InRange(admitted, 1, 100);
    }

    [Fact]
    public async Task Row_OfAFutureSlot_DropsLeasesAndLearnsTheTimeAgain()
    {
        await TakeAsync(_one, _charge);
        var address = LedgerAddress.Of(_charge.Limit, LedgerKind.Rolling, _charge.Key);
        var era = _one.Clock.Era;
        _ledger.Put(address, _ledger.Rows[0] with { Base = _ledger.Rows[0].Base + 10 });
        while (await TakeAsync(_one, _charge) is { IsAdmitted: true } && _one.Clock.Era == era)
        {
        }

        Assert.Equal(era + 1, _one.Clock.Era);
        Assert.Empty(_one.Accounts.All()[0].Leases);
    }

    [Fact]
    public async Task Time_OfStorage_ThatJumps_DropsLeasesAndIsLearnedAgain()
    {
        await TakeAsync(_one, _charge);
        var era = _one.Clock.Era;
        _ledger.Ahead = TimeSpan.FromSeconds(1);

        _time.Advance(TimeSpan.FromSeconds(11));
        await TakeAsync(_one, ExactWorld.Rolling(100, _minute, "other"));

        Assert.Equal(era + 1, _one.Clock.Era);
        Assert.Empty(_one.Accounts.All().Single(account => account.Key.Key == _charge.Key).Leases);
    }

    [Fact]
    public async Task Reset_BetweenTwoRenewals_BeginsAnew_AndLeasesOfBeforeAreSpentBesideIt()
    {
        var charge = ExactWorld.Rolling(20, _minute);
        await TakeAsync(_one, charge);
        var held = (int)_one.Accounts.All()[0].Free;
        await _ledger.TryRemoveAsync(LedgerAddress.Of(charge.Limit, LedgerKind.Rolling, charge.Key), "1");

        var admitted = 0;
        while (await TakeAsync(_one, charge) is { IsAdmitted: true })
        {
            admitted++;
        }

        Assert.Equal(20 + held, admitted);
    }

    private async Task<int> CountAsync()
    {
        var admitted = 0;
        while ((await TakeAsync(_one, _charge)).IsAdmitted || (await TakeAsync(_two, _charge)).IsAdmitted)
        {
            admitted++;
        }

        return admitted;
    }

    private static async Task<LimitVerdict> TakeAsync(ExactWorld world, params LimitCharge[] charges) =>
        await world.Limiter.TryTakeAsync(charges, TestContext.Current.CancellationToken);
}
