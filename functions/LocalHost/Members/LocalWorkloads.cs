using Gateway;
using Gateway.Upstreams;

namespace LocalHost.Members;

/// <summary>All that have certificates of the local mesh.</summary>
/// <param name="Own">Those that run in this process.</param>
/// <param name="Others">Those that the configuration calls besides: backends that the user starts.</param>
internal sealed record LocalWorkloads(IReadOnlyList<string> Own, IReadOnlyList<string> Others)
{
    // The vaults that are nobody's, and what rotations of the authority are called.
    private static readonly string[] Taken = [LocalVaults.ControlPlane, LocalVaults.Shared, "authority"];

    /// <summary>In the order of their vaults.</summary>
    public IReadOnlyList<string> All => [.. Own, .. Others];

    public static IReadOnlyList<string> OwnOf(bool samples) => samples ? [LocalMesh.Gateway, LocalMesh.Orders, LocalMesh.Customers, LocalMesh.Echo] : [LocalMesh.Gateway];

    /// <summary>Those of a configuration without mistakes.</summary>
    /// <exception cref="StartFailure">It calls one by a name that cannot be given here.</exception>
    public static LocalWorkloads Of(GatewayConfig config, bool samples)
    {
        var own = OwnOf(samples);
        var others = CalledBy(config).Except(own).Order(StringComparer.Ordinal).ToList();
        return others.Find(Taken.Contains) is { } taken
            ? throw new StartFailure($"services: a service with tls: mesh has the identity '{taken}', which the local host uses itself. Give it another with identity: NAME.")
            : new(own, others);
    }

    /// <summary>The identities that must answer, each once.</summary>
    public static IEnumerable<string> CalledBy(GatewayConfig config) =>
        config.Services.Where(service => service.Value.Tls is TlsMode.Mesh).Select(service => service.Value.Identity ?? service.Key).Distinct();
}
