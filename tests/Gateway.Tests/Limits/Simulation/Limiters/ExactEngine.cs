using Gateway.Limits;
using Gateway.Limits.Exact;
using Gateway.Limits.Ledger;
using Microsoft.Extensions.DependencyInjection;
using System.Diagnostics.Metrics;

namespace Gateway.Tests.Limits.Simulation.Limiters;

/// <summary>The real limiter, as the gateway composes it, with another store, clock and source of chance.</summary>
internal static class ExactEngine
{
    // Nobody listens, so that runs may share it.
    private static readonly LedgerMetrics _metrics = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    public static ILimiter Create(ILedgerStore store, TimeProvider time, Random random, Action<string> report)
    {
        var clock = new StorageClock(store, time, _metrics, new Alarm<StorageClock>(report));
        var renewals = new Renewals(store, clock, new(store, clock, _metrics, random, new Alarm<RenewalWrites>(report)), new(store, clock, random), _metrics, random, time, new Alarm<Renewals>(report));
        var local = new LocalLimiter(new LimitCounters(), time);
        return new Limiter(local, new(new(store, clock, _metrics), renewals, new(renewals, clock, time), clock, local, time));
    }
}
