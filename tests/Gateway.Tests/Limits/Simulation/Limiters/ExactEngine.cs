using System.Diagnostics.Metrics;
using Gateway.Limits;
using Gateway.Limits.Exact;
using Gateway.Limits.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Limits.Simulation.Limiters;

/// <summary>The real limiter, as the gateway composes it, with another store, clock and source of chance. Disposed, it gives its leases back.</summary>
internal sealed class ExactEngine : ILimiter, IAsyncDisposable
{
    // Nobody listens, so that runs may share it.
    private static readonly LedgerMetrics _metrics = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    private readonly LedgerAccounts _accounts;
    private readonly Renewals _renewals;
    private readonly Limiter _limiter;

    private ExactEngine(ILedgerStore store, TimeProvider time, Random random, Action<string> report)
    {
        var clock = new StorageClock(store, time, _metrics, new Alarm<StorageClock>(report));
        var local = new LocalLimiter(new LimitCounters(), time);
        _accounts = new(store, clock, _metrics);
        _renewals = new(store, clock, new(store, clock, _metrics, random, new Alarm<RenewalWrites>(report)), new(store, clock, random), _metrics, random, time, new Alarm<Renewals>(report));
        _limiter = new(local, new(_accounts, _renewals, new(_renewals, clock, time), clock, local, time));
    }

    public static ILimiter Create(ILedgerStore store, TimeProvider time, Random random, Action<string> report) => new ExactEngine(store, time, random, report);

    public ValueTask<LimitVerdict> TryTakeAsync(IReadOnlyList<LimitCharge> charges, CancellationToken cancellation) => _limiter.TryTakeAsync(charges, cancellation);

    // LeaseReturn does so on many threads at once.
    public async ValueTask DisposeAsync()
    {
        foreach (var account in _accounts.All())
        {
            await _renewals.GiveBackAsync(account);
        }
    }
}
