using Gateway.Limits.Exact;
using Gateway.Limits.Ledger;
using Gateway.Storage;
using Mesh.Clocks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Limits;

/// <summary>Registers limits and the counters, which outlive every configuration.</summary>
internal static class LimitsRegistration
{
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.TryAddSingleton(Random.Shared);
        return services.AddGatewayStorage().AddCounters().AddLedger();
    }

    private static IServiceCollection AddCounters(this IServiceCollection services) => services
        .AddSingleton<LimitStage>()
        .AddSingleton<LimitMetrics>()
        .AddSingleton(new LimitCounters())
        .AddSingleton<LocalLimiter>()
        .AddSingleton<ILimiter, Limiter>();

    private static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<LedgerMetrics>()
        .AddSingleton<ILedgerStore>(provider => ActivatorUtilities.CreateInstance<TableLedgerStore>(provider, LocalClock(provider)))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<StorageClock>(provider, LocalClock(provider)))
        .AddSingleton<ShardSpread>()
        .AddSingleton<RenewalWrites>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<Renewals>(provider, LocalClock(provider)))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<LeaseKeeper>(provider, LocalClock(provider)))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<LedgerAccounts>(provider, LedgerAccounts.Capacity))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<ExactLimiter>(provider, LocalClock(provider)))
        .AddHostedService<LeaseReturn>();

    // The system's own clock stands still while the machine sleeps.
    private static TimeProvider LocalClock(IServiceProvider provider) => BootTime.Beside(provider.GetRequiredService<TimeProvider>());
}
