using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Limits;

/// <summary>Registers limits and the counters, which outlive every configuration.</summary>
internal static class LimitsRegistration
{
    public static IServiceCollection AddLimits(this IServiceCollection services) => services
        .AddSingleton<LimitStage>()
        .AddSingleton<LimitMetrics>()
        .AddSingleton(new LimitCounters())
        .AddSingleton<ILimiter, LocalLimiter>();
}
