using Azure.Core.Pipeline;
using Azure.Data.Tables;
using ControlPlane.Rotations;
using LocalHost.Members;
using LocalHost.Vault;
using LocalHost.Vault.Access;
using Microsoft.Extensions.Logging.Abstractions;
using Tests.Shared;

namespace LocalHost.Tests.Rotations;

/// <summary>What outlives every process of a mesh of two services: Azurite, and a vault each of the control plane and of the services.</summary>
public sealed class RotationStores : IAsyncLifetime
{
    public const string Orders = "orders";

    public const string Echo = "echo";

    private readonly string _root = Directory.CreateTempSubdirectory("rotations-").FullName;
    private readonly Azurite _azurite = new();
    private readonly Dictionary<string, LocalVault> _vaults = [];
    private readonly Dictionary<string, LocalVaultAccess> _access = [];
    private readonly HttpClient _http = new();

    internal LocalEnvironment Local { get; private set; } = null!;

    internal HurryingTime Time { get; } = new(TimeProvider.System.GetUtcNow());

    public static IReadOnlyList<string> Services => [Echo, Orders];

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        Local = new(LocalFolder.Open(Path.Combine(_root, "local"), fresh: false), NullLoggerFactory.Instance, TimeProvider.System);
        await StartVaultAsync(LocalVaults.ControlPlane);
        await StartVaultAsync(Orders);
        await StartVaultAsync(Echo);
    }

    internal LocalVault Vault(string name) => _vaults[name];

    internal LocalVaultAccess As(string principal) => _access.TryGetValue(principal, out var access) ? access : _access[principal] = new(Local.Folder, principal, TimeProvider.System);

    /// <summary>Clients of the tables, each with this transport.</summary>
    internal TableServiceClient Tables(Func<HttpPipelineTransport, HttpPipelineTransport>? transport = null)
    {
        var plain = new HttpClientTransport(_http);
        return new(_azurite.Connection, new TableClientOptions { Transport = transport?.Invoke(plain) ?? plain, Retry = { MaxRetries = 0 } });
    }

    /// <summary>A control plane, which dies at this moment.</summary>
    internal ControlPlaneLife Live(int? moment = null, RotationOptions? options = null, TimeProvider? time = null) => new(this, time ?? Time, options ?? new(), new(moment));

    /// <summary>Begins the mesh and gives every service its first certificate.</summary>
    internal async Task BeginAsync(RotationOptions? options = null, TimeProvider? time = null)
    {
        await using var life = Live(options: options, time: time);
        await life.Beginning.EnsureAsync(Services, Cancellation);
        foreach (var service in Services)
        {
            await life.RunAsync(service);
        }
    }

    public ValueTask StopVaultAsync(string name) => _vaults[name].DisposeAsync();

    /// <summary>Starts a vault, where it was before if it ever ran.</summary>
    public async Task StartVaultAsync(string name)
    {
        var port = _vaults.TryGetValue(name, out var before) ? before.Address.Port : 0;
        var access = name == LocalVaults.ControlPlane
            ? new VaultAccessRules().With(LocalVaults.ControlPlane, VaultRole.CryptoOfficer)
            : new VaultAccessRules().With(LocalVaults.ControlPlane, VaultRole.CertificatesOfficer).With(name, VaultRole.SecretsUser);
        _vaults[name] = await LocalVault.StartAsync(new(name, port, access), Local, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var access in _access.Values)
        {
            access.Dispose();
        }

        foreach (var vault in _vaults.Values)
        {
            await vault.DisposeAsync();
        }

        _http.Dispose();
        Local.Folder.Dispose();
        await _azurite.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }
}
