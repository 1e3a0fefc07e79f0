using Azure.Security.KeyVault.Secrets;
using ControlPlane;
using ControlPlane.Vault;
using LocalHost.Storage;
using LocalHost.Vault;
using Mesh;
using Mesh.Secrets;

namespace LocalHost.Members;

/// <summary>What the servers of the local host need to be members of its mesh: real clients, for the vaults and the storage of this machine.</summary>
internal sealed class LocalMesh(LocalEnvironment local, LocalTables tables, MeshTimes times, string trustDomain) : IDisposable
{
    /// <summary>The front door's name in the mesh.</summary>
    public const string Gateway = "gateway";

    /// <summary>The mesh of configurations that name none.</summary>
    public const string DefaultTrustDomain = "local.internal";

    /// <summary>The sample services' names in the mesh.</summary>
    public const string Orders = "orders";

    public const string Customers = "customers";

    public const string Echo = "echo";

    private readonly Dictionary<string, LocalVaultAccess> _access = [];

    /// <summary>Makes a server a member.</summary>
    public IServiceCollection Join(IServiceCollection services, string service, bool serves)
    {
        var access = As(service);
        return services
            .AddKeyedSingleton(MeshServices.ClientKey, tables.ForMesh())
            .AddKeyedSingleton(MeshServices.ClientKey, access.Secrets(access.AddressOf(service)))
            .AddMesh(new MeshOptions
            {
                Service = service,
                TrustDomain = trustDomain,
                Serves = serves,
                // The front door's clients are not of the mesh.
                Callers = serves ? new() : null,
                ConnectionAge = times.ConnectionAge,
                Drain = times.ConnectionAge,
            });
    }

    /// <summary>Writes what a backend that the user starts needs to be this member, and says where it is.</summary>
    public string WriteFile(string service, MemberFiles files) => files.Write(service, trustDomain, As(service), tables, times);

    /// <summary>Where a vault listens.</summary>
    public Uri AddressOf(string vault) => As(LocalVaults.ControlPlane).AddressOf(vault);

    /// <summary>The peppers, as this principal may read them.</summary>
    public VaultPeppers Peppers(string principal) => new(SharedSecrets(principal), local.Time, local.Loggers.CreateLogger<VaultPeppers>());

    /// <summary>The vault of shared secrets, as this principal may use it.</summary>
    public SecretClient SharedSecrets(string principal)
    {
        var access = As(principal);
        return access.Secrets(access.AddressOf(LocalVaults.Shared));
    }

    /// <summary>What the control plane issues certificates with.</summary>
    public MeshControl Control(IEnumerable<string> workloads)
    {
        var access = As(LocalVaults.ControlPlane);
        return new()
        {
            Settings = times.Settings(trustDomain),
            Rotation = times.Rotation,
            Authority = access.Keys(access.AddressOf(LocalVaults.ControlPlane)),
            Workloads = workloads.ToDictionary(service => service, service => new VaultCertificates(access.Certificates(access.AddressOf(service)))),
        };
    }

    public void Dispose()
    {
        foreach (var access in _access.Values)
        {
            access.Dispose();
        }
    }

    private LocalVaultAccess As(string principal) =>
        _access.TryGetValue(principal, out var access) ? access : _access[principal] = new(local.Folder, principal, local.Time);
}
