using LocalHost.Vault;
using LocalHost.Vault.Access;

namespace LocalHost.Members;

/// <summary>The vaults of the local host, with the same rights as in Azure: one of the control plane, one of each workload, one of shared secrets.</summary>
internal sealed class LocalVaults : IAsyncDisposable
{
    public const string ControlPlane = "control-plane";

    public const string Shared = "shared";

    /// <summary>Who uses this machine: may keep secrets in the shared vault, and nothing else.</summary>
    public const string Owner = "owner";

    // Of the control plane and of the shared secrets.
    private const int Common = 2;

    private readonly Stack<LocalVault> _running = new();

    /// <summary>The vault of shared secrets.</summary>
    public Uri SharedAddress => Addresses[1];

    public IReadOnlyList<Uri> Addresses => [.. _running.Reverse().Select(vault => vault.Address)];

    /// <summary>How many there are of so many workloads.</summary>
    public static int CountOf(int workloads) => Common + workloads;

    public async Task StartAsync(LocalPorts ports, IReadOnlyList<string> workloads, LocalEnvironment local, CancellationToken cancellation)
    {
        await StartAsync(ControlPlane, ports.Vault(0), new VaultAccessRules().With(ControlPlane, VaultRole.CryptoOfficer, VaultRole.SecretsOfficer), local, cancellation);
        await StartAsync(Shared, ports.Vault(1), SharedAccess(), local, cancellation);
        for (var index = 0; index < workloads.Count; index++)
        {
            // Who signs certificates reads no key, and who has a key signs nothing.
            var access = new VaultAccessRules().With(ControlPlane, VaultRole.CertificatesOfficer).With(workloads[index], VaultRole.SecretsUser);
            await StartAsync(workloads[index], ports.Vault(Common + index), access, local, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_running.TryPop(out var vault))
        {
            await vault.DisposeAsync();
        }
    }

    private static VaultAccessRules SharedAccess() => new VaultAccessRules()
        .With(ControlPlane, VaultRole.SecretsOfficer)
        .With(LocalMesh.Gateway, VaultRole.SecretsUser)
        .With(Owner, VaultRole.SecretsOfficer);

    private async Task StartAsync(string name, int port, VaultAccessRules access, LocalEnvironment local, CancellationToken cancellation) =>
        _running.Push(await LocalVault.StartAsync(new(name, port, access), local, cancellation));
}
