using Gateway.Limits;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using Records;

namespace Gateway.Tests.Limits.Exact;

/// <summary>What exact limits count of themselves.</summary>
public sealed class LedgerMetricsTests
{
    private static readonly LimitCharge _charge = ExactWorld.Rolling(100, TimeSpan.FromMinutes(1));

    private readonly FakeTimeProvider _time = new(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryLedger _ledger;
    private readonly ExactWorld _world;

    public LedgerMetricsTests()
    {
        _ledger = new(_time);
        _world = new(_ledger, _time);
    }

    [Fact]
    public async Task Renewals_AreCountedByOutcome()
    {
        using var renewals = Collect("gateway.limits.renewals");
        await TakeAsync();
        _ledger.BeforeNextWrite = async () => await new ExactWorld(_ledger, _time, 2).Limiter.TryTakeAsync([_charge], TestContext.Current.CancellationToken);
        await SpendAllAsync();
        (_ledger.LosesNextAnswer, _ledger.LosesReads) = (true, true);
        await SpendAllAsync();

        Assert.Superset(new HashSet<string> { "l written", "l conflict", "l away" }, Tags(renewals, "limit", "outcome"));
    }

    [Fact]
    public async Task Write_OfWhichNobodyCanSayWhatBecameOfIt_IsAmbiguous_AndSealsItsLeases()
    {
        using var renewals = Collect("gateway.limits.renewals");
        using var faults = Collect("gateway.limits.faults");
        using var wasted = Collect("gateway.limits.wasted");
        await TakeAsync();
        (_ledger.LosesNextAnswer, _ledger.LosesReads) = (true, true);
        await SpendAllAsync();
        _ledger.LosesReads = false;
        _ledger.Put(LedgerAddress.Of("l", LedgerKind.Rolling, "k"), _ledger.Rows[0] with { Commits = 100, RecentCommits = [1, 2, 3, 4, 5, 6, 7, 8] });

        await TakeAsync();

        Assert.Contains("l ambiguous", Tags(renewals, "limit", "outcome"));
        Assert.Contains("l sealed", Tags(faults, "limit", "fault"));
        Assert.True(wasted.GetMeasurementSnapshot().EvaluateAsCounter() > 0);
    }

    [Fact]
    public async Task Time_ThatWasWrong_IsCounted()
    {
        using var relearned = Collect("gateway.limits.time.relearned");
        await TakeAsync();
        _ledger.Ahead = TimeSpan.FromSeconds(5);
        _time.Advance(TimeSpan.FromSeconds(11));

        await _world.Limiter.TryTakeAsync([_charge with { Key = "other" }], TestContext.Current.CancellationToken);

        Assert.Equal(1, relearned.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public async Task Row_ThatIsDamaged_IsCounted()
    {
        using var faults = Collect("gateway.limits.faults");
        _ledger.Put(LedgerAddress.Of("l", LedgerKind.Rolling, "k"), null);

        await TakeAsync();

        Assert.Equal(["l damaged"], Tags(faults, "limit", "fault"));
    }

    private MetricCollector<long> Collect(string name) => new(_world.Meters, "ServerlessGateway", name);

    private static HashSet<string> Tags(MetricCollector<long> collector, params string[] names) =>
        [.. collector.GetMeasurementSnapshot().Select(measured => string.Join(' ', names.Select(name => measured.Tags[name])))];

    private async Task SpendAllAsync()
    {
        for (var request = 0; request < 20; request++)
        {
            await TakeAsync();
        }
    }

    private async Task<LimitVerdict> TakeAsync() => await _world.Limiter.TryTakeAsync([_charge], TestContext.Current.CancellationToken);
}
