using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Mesh.Callers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Samples.Orders;

namespace Samples;

/// <summary>Registers the samples for a Functions app.</summary>
public static class SamplesRegistration
{
    // The app's own account: the orders are none of the gateway's storage.
    private const string HostTables = "AzureWebJobsStorage:tableServiceUri";

    private const string HostConnection = "AzureWebJobsStorage";

    /// <summary>The host registers AddMesh and logging.</summary>
    public static IServiceCollection AddSampleFunction(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var store = new OrderStore(Tables(configuration));
        return services
            .AddRouting()
            .AddSingleton(store)
            .AddSingleton(provider => new SampleFunction(provider.GetRequiredService<MeshCallers>(), provider));
    }

    private static TableServiceClient Tables(IConfiguration configuration) =>
        configuration[HostTables] is { Length: > 0 } address ? new(new Uri(address), (TokenCredential)new DefaultAzureCredential())
        : configuration[HostConnection] is { Length: > 0 } connection ? new(connection)
        : throw new InvalidOperationException($"{HostConnection}__tableServiceUri: is not set. Use the table endpoint of the app's storage account.");
}
