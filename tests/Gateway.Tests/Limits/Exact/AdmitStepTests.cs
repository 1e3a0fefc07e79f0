using Gateway.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Limits.Exact;

/// <summary>What it costs to decide a request of one limit from memory.</summary>
public sealed class AdmitStepTests
{
    private const int Requests = 500;

    private readonly FakeTimeProvider _time = new(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryLedger _ledger;
    private readonly ExactWorld _world;

    public AdmitStepTests()
    {
        _ledger = new(_time);
        _world = new(_ledger, _time);
    }

    [Fact]
    public async Task Request_WithALease_IsAdmittedWithoutAllocationOrStorage()
    {
        var charge = ExactWorld.Rolling(1_000_000, TimeSpan.FromMinutes(1));
        while (_world.Accounts.All().All(account => account.Free < 4 * Requests))
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await TakeAsync(charge);
        }

        AssertNearlyFree(charge, isAdmitted: true);
    }

    [Fact]
    public async Task Caller_KnownToBeOver_IsRefusedWithoutAllocationOrStorage()
    {
        var charge = ExactWorld.Rolling(5, TimeSpan.FromMinutes(1));
        while ((await TakeAsync(charge)).IsAdmitted)
        {
        }

        AssertNearlyFree(charge, isAdmitted: false);
    }

    // The second time: the first one prepares what is prepared once.
    private void AssertNearlyFree(LimitCharge charge, bool isAdmitted)
    {
        var calls = _ledger.Calls;
        Assert.Equal(isAdmitted ? Requests : 0, Decide(charge));

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var admitted = Decide(charge);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.Equal((isAdmitted ? Requests : 0, 0, calls), (admitted, allocated, _ledger.Calls));
    }

    private int Decide(LimitCharge charge)
    {
        var admitted = 0;
        for (var request = 0; request < Requests; request++)
        {
            var isDecided = _world.Exact.TryDecide(_world.Accounts.Find(charge), charge, out var reading, out _);
            admitted += isDecided && reading.HadRoom ? 1 : 0;
        }

        return admitted;
    }

    private ValueTask<LimitVerdict> TakeAsync(LimitCharge charge) => _world.Limiter.TryTakeAsync([charge], TestContext.Current.CancellationToken);
}
