using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Telemetry;

/// <summary>Registers the instruments.</summary>
internal static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddSingleton<RequestMetrics>()
        .AddSingleton<AccessLog>()
        .AddHostedService<ServerRefusals>();
}
