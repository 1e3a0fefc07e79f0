using Mesh.Calls;
using Mesh.Identities;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh;

/// <summary>HTTP clients that call over the mesh.</summary>
public static class MeshClients
{
    /// <summary>Calls this service over the mesh. Its base address is the one in Mesh:Services, unless the client sets another.</summary>
    /// <param name="service">The service that must answer: the path of its SPIFFE id.</param>
    /// <param name="proof">How it proves that.</param>
    public static IHttpClientBuilder UseMesh(this IHttpClientBuilder client, string service, ServerProof proof = ServerProof.Identity)
    {
        if (!WorkloadId.IsService(service))
        {
            throw new ArgumentException($"'{service}' is no service name. Use 1 to 63 lower-case letters, digits and hyphens, a letter first.", nameof(service));
        }

        // Known before the first call, so that a candidate is tried out with it too.
        client.Services.AddSingleton(provider => Destination(provider, service, proof));
        return client
            .ConfigureHttpClient((provider, http) => http.BaseAddress ??= AddressOf(provider, service))
            .ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<MeshHandlers>().Create(Destination(provider, service, proof)))
            // It follows the bundle and changes of addresses by itself.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }

    private static MeshDestination Destination(IServiceProvider provider, string service, ServerProof proof) =>
        new() { Service = service, Proof = proof, Addresses = AddressOf(provider, service) is { } address ? [address] : [] };

    private static Uri? AddressOf(IServiceProvider provider, string service) => provider.GetRequiredService<MeshOptions>().Services.GetValueOrDefault(service);
}
