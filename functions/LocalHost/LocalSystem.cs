using System.Buffers.Text;
using System.Globalization;
using ControlPlane.Management;
using ControlPlane;
using LocalHost.Hosts;
using LocalHost.Issuer;
using LocalHost.Members;
using LocalHost.Storage;
using LocalHost.Vault.Access;
using Mesh.Health;
using Records;
using Samples.Customers;
using Samples.Echo;
using Samples.Orders;

namespace LocalHost;

/// <summary>Everything that runs, in the order in which it starts; it stops in the opposite order, so that requests end well.</summary>
internal sealed class LocalSystem(LocalOptions options, LocalEnvironment local, Action<string> progress) : ILocalSystem
{
    private readonly Stack<IAsyncDisposable> _running = new();
    private readonly List<(string Address, string What)> _started = [];
    private readonly LocalPorts _ports = LocalPorts.Of(options);
    private readonly LocalFrontDoor _door = new(options, local);

    private readonly MemberFiles _files = new(local.Folder);

    private LocalWorkloads _workloads = new([], []);
    private string _trustDomain = LocalMesh.DefaultTrustDomain;
    private LocalTables? _tables;
    private LocalBlobs? _blobs;
    private LocalMesh? _mesh;

    public IReadOnlyList<(string Address, string What)> Started => _started;

    public IReadOnlyList<(string Service, string File)> Awaited { get; private set; } = [];

    public int RequestsUnderWay => _door.RequestsUnderWay;

    public string Extent => "everything";

    public IReadOnlyList<string> Examples() => _door.Examples();

    public async Task StartAsync(CancellationToken cancellation)
    {
        ReadConfig();
        _files.Clear();
        await StartStorageAsync(cancellation);
        await StartVaultsAsync(cancellation);
        await StartManagementAsync(cancellation);
        await StartIssuerAsync(cancellation);
        if (!options.NoSamples)
        {
            await StartSamplesAsync(cancellation);
        }

        _running.Push(_door);
        _started.AddRange(await _door.StartAsync(_tables!, _blobs!, _mesh!, cancellation));
        DevEnvironment.Write(local);
        // For a front door that is a process of its own, as functions/Container is.
        _mesh!.WriteFile(LocalMesh.Gateway, _files);
        if (options.Functions)
        {
            _started.Add((Apps.WriteFrontDoor(), "settings of the front door's function app"));
        }

        Awaited = [.. _workloads.Others.Select(service => (service, _mesh!.WriteFile(service, _files)))];
    }

    public async ValueTask DisposeAsync()
    {
        while (_running.TryPop(out var next))
        {
            await next.DisposeAsync();
        }
    }

    private void ReadConfig()
    {
        var config = _door.RequireGoodConfig();
        _trustDomain = config.Mesh?.TrustDomain ?? _trustDomain;
        _workloads = LocalWorkloads.Of(config, samples: !options.NoSamples);
        _ports.RequireFree(_workloads);
        _door.Loaded = new LateWorkloads(_workloads, local.Loggers.CreateLogger<LateWorkloads>()).Look;
    }

    private async Task StartStorageAsync(CancellationToken cancellation)
    {
        await AzuriteInstall.EnsureAsync(progress, cancellation);
        progress("starting Azurite …");
        var azurite = await AzuriteProcess.StartAsync(local.Folder["azurite"], _ports.Azurite, ended: OnAzuriteEnded, local.Time, cancellation);
        _running.Push(azurite);
        local.Folder.WritePrivate("azurite.pid", string.Create(CultureInfo.InvariantCulture, $"{azurite.Id}\n"));
        (_tables, _blobs) = (azurite.Tables, azurite.Blobs);

        var ports = string.Join(',', azurite.Endpoints.Select(endpoint => endpoint.Port));
        local.Values["AZURITE_PORTS"] = ports;
        _started.Add(($"http://127.0.0.1:{ports}", "Azurite: blobs, queues, tables"));
    }

    // Not started again: what the gateway does without storage is worth seeing, and a restart would hide the reason.
    private static void OnAzuriteEnded(AzuriteProcess azurite) =>
        Console.Error.WriteLine($"Azurite ended by itself. Without it only API keys that are cached work. To start it again:{Environment.NewLine}  {azurite.Command}");

    private async Task StartVaultsAsync(CancellationToken cancellation)
    {
        var vaults = new LocalVaults();
        _running.Push(vaults);
        await vaults.StartAsync(_ports, _workloads.All, local, cancellation);
        _started.Add((string.Join(',', vaults.Addresses.Select((vault, index) => index == 0 ? vault.GetLeftPart(UriPartial.Authority) : $"{vault.Port}")), "vaults of the control plane, of shared secrets and of each workload"));
        _mesh = new(local, _tables!, MeshTimes.Of(options.LeafLife), _trustDomain);
        await _mesh.Peppers(LocalVaults.ControlPlane).EnsureAsync(local.Folder.EarlierPepper(), cancellation);
        local.Folder.ForgetEarlierPepper();
        local.Values["SHARED_VAULT_URL"] = vaults.SharedAddress.GetLeftPart(UriPartial.Authority);
        local.Values["SHARED_VAULT_TOKEN"] = new VaultTokens(local.Folder).TokenFor(LocalVaults.Owner);
        local.Values["TRUST_DOMAIN"] = _trustDomain;
        if (options.Functions)
        {
            // The samples wait for certificates, and these come from the app.
            _started.Add((Apps.WriteControlPlane(_workloads.All), "settings of the control plane's function app: start it now"));
            progress($"waiting for the control plane's function app: {Apps.ControlPlaneFile}");
        }
    }

    private FunctionApps Apps => new(local, _files, _mesh!, _trustDomain);

    private async Task StartIssuerAsync(CancellationToken cancellation)
    {
        var issuer = new TokenIssuer(IssuerKey.Load(local.Folder), local.Time);
        var server = await ServeAsync("token issuer", new(_ports.Issuer), _ => { }, issuer.Map, cancellation);
        local.Values["ISSUER_URL"] = server.Root();
        local.Values["TOKEN"] = issuer.Issue(new(server.Root()), DevConsumer.Token);
    }

    private async Task StartSamplesAsync(CancellationToken cancellation)
    {
        var orders = await ServeAsync("sample: Orders", Mutual(_ports.Orders), services => Join(services, LocalMesh.Orders).AddSingleton(_tables!.ForSamples()).AddOrders(), OrdersApi.Map, cancellation);
        var customers = await ServeAsync("sample: Customers", Mutual(_ports.Customers), services => Join(services, LocalMesh.Customers), CustomersApi.Map, cancellation);
        var echo = await ServeAsync("sample: Echo", Mutual(_ports.Echo), services => Join(services, LocalMesh.Echo), EchoApi.Map, cancellation);
        foreach (var sample in new[] { orders, customers, echo })
        {
            await sample.Services.GetRequiredService<MeshReady>().WaitAsync(cancellation);
        }

        await OrdersApi.SeedAsync(orders.Services, cancellation);
        local.Values["ORDERS_URL"] = orders.Root();
        local.Values["CUSTOMERS_URL"] = customers.Root();
        local.Values["ECHO_URL"] = echo.Root();
    }

    private async Task StartManagementAsync(CancellationToken cancellation)
    {
        var key = Base64Url.EncodeToString(local.Folder.Secret("manage.key", bytes: 32));
        var server = await ServeAsync("management API", new(_ports.Management), services => services
            .AddSingleton(_tables!.ForControlPlane())
            .AddSingleton(_blobs!.ForControlPlane())
            .AddSingleton<IPepperSource>(_mesh!.Peppers(LocalVaults.ControlPlane))
            .AddControlPlane(new() { ManageKey = key, Mesh = _mesh.Control(_workloads.All) with { RunsRotations = !options.Functions } }), app => app.MapManagement(), cancellation);
        local.Values["MANAGE_URL"] = server.Root();
        local.Values["MANAGE_KEY"] = key;
        local.Values["API_KEY"] = await DevConsumer.KeyAsync(server.Services, DevEnvironment.Earlier(local.Folder, "API_KEY"), local.Time, cancellation);
    }

    private static LocalListener Mutual(int port) => new(port) { IsMesh = true };

    private IServiceCollection Join(IServiceCollection services, string service) => _mesh!.Join(services, service, serves: true);

    private async Task<LocalServer> ServeAsync(string purpose, LocalListener listener, Action<IServiceCollection> register, Action<WebApplication> map, CancellationToken cancellation)
    {
        var server = await LocalServer.StartAsync(new(purpose, [listener]), local, register, map, cancellation);
        _running.Push(server);
        _started.Add((server.Root(), purpose));
        return server;
    }
}
