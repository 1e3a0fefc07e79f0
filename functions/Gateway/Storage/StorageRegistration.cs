using System.Diagnostics.CodeAnalysis;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Records;

namespace Gateway.Storage;

internal static class StorageRegistration
{
    /// <summary>What every user of storage shares. Harmless to repeat.</summary>
    // The client makes rows by reflection, which a compiler ahead of time does not see.
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, typeof(TableEntity))]
    public static IServiceCollection AddGatewayStorage(this IServiceCollection services)
    {
        services.TryAddSingleton<StorageMetrics>();
        services.TryAddSingleton<StorageHealth>();
        services.TryAddSingleton<IRecordSource<KeyRecord>, TableRecordSource<KeyRecord>>();
        services.TryAddSingleton<IRecordSource<ConsumerRecord>, TableRecordSource<ConsumerRecord>>();
        return services;
    }
}
