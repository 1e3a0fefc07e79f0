using LocalHost.Hosts;
using LocalHost.Vault.Access;
using LocalHost.Vault.Certificates;
using LocalHost.Vault.Faults;
using LocalHost.Vault.Keys;
using LocalHost.Vault.Protocol;
using LocalHost.Vault.Secrets;

namespace LocalHost.Vault;

/// <summary>A vault on loopback that speaks the Key Vault protocol, so that the real clients work against it; what it keeps outlives it.</summary>
internal sealed class LocalVault : IAsyncDisposable
{
    private readonly LocalServer _server;

    private LocalVault(LocalServer server, VaultFaults faults)
    {
        _server = server;
        Faults = faults;
    }

    public Uri Address => _server.Addresses[0];

    /// <summary>For tests: what the next calls shall meet.</summary>
    public VaultFaults Faults { get; }

    public static async Task<LocalVault> StartAsync(LocalVaultSettings settings, LocalEnvironment local, CancellationToken cancellation)
    {
        var folder = local.Folder.Subfolder(LocalVaultAccess.Folder).Subfolder(settings.Name);
        var certificates = new CertificateShelf(folder, local.Time);
        var routes = new VaultRoutes(certificates, new SecretShelf(folder, certificates, local.Time), new KeyShelf(folder, local.Time));
        var faults = new VaultFaults();
        var gate = new VaultGate(new VaultTokens(local.Folder), settings.Access, faults);
        var listener = new LocalListener(settings.Port) { Certificate = LoopbackCertificate.Load(local.Folder, local.Time) };
        var server = await LocalServer.StartAsync(new($"vault {settings.Name}", [listener]), local, _ => { }, app => Map(app, routes, gate), cancellation);
        folder.WritePrivate(LocalVaultAccess.AddressFile, server.Root());
        return new(server, faults);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void Map(WebApplication app, VaultRoutes routes, VaultGate gate)
    {
        foreach (var route in routes.All)
        {
            app.MapMethods(route.Template, [route.Method], gate.Guard(route));
        }

        app.MapFallback(VaultGate.RefuseUnknownAsync);
    }
}
