using Azure.Core;
using Gateway.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Gateway.Upstreams;

internal static class UpstreamsRegistration
{
    /// <summary>The live services. A host may have registered its own <see cref="IUpstreamHandlers"/>.</summary>
    public static IServiceCollection AddUpstreams(this IServiceCollection services)
    {
        services.TryAddSingleton(Random.Shared);
        services.TryAddSingleton<IUpstreamHandlers, UpstreamHandlers>();
        services.TryAddSingleton<UpstreamMetrics>();
        services.TryAddSingleton(provider => new OwnTokens(
            provider.GetService<TokenCredential>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<UpstreamMetrics>(), provider.GetRequiredService<ILogger<OwnToken>>()));
        services.AddSecretShelf();
        services.TryAddSingleton<UpstreamParts>();
        services.TryAddSingleton<Upstreams>();
        services.TryAddSingleton<IUpstreams>(provider => provider.GetRequiredService<Upstreams>());
        return services;
    }
}
