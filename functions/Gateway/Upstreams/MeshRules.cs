using System.Net;
using Gateway.Configuration;
using Mesh.Identities;

namespace Gateway.Upstreams;

/// <summary>What makes the mesh, or a service's part in it, wrong.</summary>
internal static class MeshRules
{
    public static IEnumerable<ConfigError> Check(GatewayConfig config) =>
        [.. TrustDomain(config.Mesh), .. config.Services.SelectMany(service => Check(config, ["services", service.Key], service.Key, service.Value))];

    private static IEnumerable<ConfigError> TrustDomain(MeshConfig? mesh)
    {
        if (mesh is not null && (!WorkloadId.IsTrustDomain(mesh.TrustDomain) || IPAddress.TryParse(mesh.TrustDomain, out _)))
        {
            yield return new(["mesh", "trustDomain"], $"'{mesh.TrustDomain}' is not a trust domain.", "Write a name in lower case such as contoso.internal.");
        }
    }

    private static IEnumerable<ConfigError> Check(GatewayConfig config, IReadOnlyList<string> path, string name, ServiceConfig service)
    {
        var tls = service.Tls is { } mode ? EnumNames.Kebab(mode.ToString()) : "";
        if (service.Tls is TlsMode.Mesh or TlsMode.MeshClient && config.Mesh is null)
        {
            yield return new([.. path, "tls"], $"tls: {tls} needs to know which mesh this is.", "Add mesh: { trustDomain: contoso.internal } at the top, with the name of yours.");
        }

        if (service.Identity is not null && service.Tls is not TlsMode.Mesh)
        {
            // With mesh-client the platform at the other end shows a certificate of its own.
            yield return new([.. path, "identity"], "An identity is checked only with tls: mesh.", "Remove it.");
        }
        else if (service.Tls is TlsMode.Mesh && !WorkloadId.IsService(service.Identity ?? name))
        {
            yield return service.Identity is { } identity
                ? new([.. path, "identity"], $"'{identity}' is not the name of a workload.", "Write lower-case letters, digits and hyphens, such as orders: the last part of its spiffe:// id.")
                : new([.. path, "tls"], $"With tls: mesh the service's name is the identity that must answer, and '{name}' cannot be one.", "Add identity: with the workload's name in lower-case letters, digits and hyphens.");
        }
    }
}
