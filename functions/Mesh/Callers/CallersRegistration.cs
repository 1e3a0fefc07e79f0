using Mesh.Telemetry;
using Mesh.Trust;
using Mesh.Verification;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mesh.Callers;

/// <summary>Registers what receives calls.</summary>
internal static class CallersRegistration
{
    /// <summary>Beside it there must be an <see cref="ITrust"/>.</summary>
    public static IServiceCollection AddMeshCallers(this IServiceCollection services, MeshCallerOptions options)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MeshMetrics>();
        services.TryAddSingleton(new LeafVerifier(new()));
        if (options.InPipeline)
        {
            services.AddTransient<IStartupFilter, CallerStartupFilter>();
        }

        return services
            .AddSingleton(options)
            .AddSingleton<CallerRules>()
            .AddSingleton<CallerJudge>()
            .AddSingleton<CallerRouting>()
            .AddSingleton<CallerConnections>()
            .AddSingleton<IActsOnTrust>(provider => provider.GetRequiredService<CallerConnections>())
            .AddSingleton<Handshakes>()
            .AddSingleton(provider => new MeshCallers(provider.GetRequiredService<CallerJudge>()));
    }
}
