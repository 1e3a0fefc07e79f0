using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Storage;

internal static class StorageRegistration
{
    /// <summary>What every user of storage shares. Harmless to repeat.</summary>
    public static IServiceCollection AddGatewayStorage(this IServiceCollection services)
    {
        services.TryAddSingleton<StorageMetrics>();
        services.TryAddSingleton<StorageHealth>();
        services.TryAddSingleton(typeof(IRecordSource<>), typeof(TableRecordSource<>));
        return services;
    }
}
