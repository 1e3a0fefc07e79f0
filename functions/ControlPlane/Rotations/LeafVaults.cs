using ControlPlane.Vault;

namespace ControlPlane.Rotations;

/// <summary>The vault of each workload: its certificate stands there under the service's name.</summary>
internal sealed class LeafVaults(IReadOnlyDictionary<string, VaultCertificates> vaults)
{
    public IReadOnlyCollection<string> Services => [.. vaults.Keys.Order(StringComparer.Ordinal)];

    /// <summary>False: the control plane was not told of this service, or is not any more.</summary>
    public bool Has(string service) => vaults.ContainsKey(service);

    public VaultCertificates Of(string service) =>
        vaults.GetValueOrDefault(service) ?? throw new StepFailedException($"The control plane was told of no vault of {service}.");
}
