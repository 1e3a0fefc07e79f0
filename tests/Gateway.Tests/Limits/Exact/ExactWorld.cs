using System.Diagnostics.Metrics;
using Gateway.Limits;
using Gateway.Limits.Exact;
using Gateway.Limits.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Limits.Exact;

/// <summary>One process's exact limiter over a store, as the gateway composes it.</summary>
internal sealed class ExactWorld
{
    public ExactWorld(ILedgerStore store, TimeProvider time, int seed = 1, int capacity = LedgerAccounts.Capacity)
    {
        Meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var random = new Random(seed);
        Metrics = new(Meters);
        Clock = new(store, time, Metrics, NullLogger<StorageClock>.Instance);
        Renewals = new(store, Clock, new(store, Clock, Metrics, random, NullLogger<RenewalWrites>.Instance), new(store, Clock, random), Metrics, random, time, NullLogger<Renewals>.Instance);
        Accounts = new(store, Clock, Metrics, capacity);
        Exact = new(Accounts, Renewals, new(Renewals, Clock, time), Clock, new(new(), time), time);
        Limiter = new Limiter(new(new(), time), Exact);
    }

    public IMeterFactory Meters { get; }

    public LedgerMetrics Metrics { get; }

    public StorageClock Clock { get; }

    public Renewals Renewals { get; }

    public LedgerAccounts Accounts { get; }

    public ExactLimiter Exact { get; }

    public ILimiter Limiter { get; }

    public static LimitCharge Rolling(long count, TimeSpan window, string key = "k") =>
        new("l", new() { Count = count, Window = window, IsExact = true }, key, Shadow: false);
}
