using System.Buffers.Text;
using System.Globalization;
using ControlPlane;
using ControlPlane.Management;
using Gateway;
using Gateway.Configuration;
using LocalHost.Hosts;
using LocalHost.Issuer;
using LocalHost.Storage;
using LocalHost.Terminal;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Records;
using Samples.Customers;
using Samples.Echo;
using Samples.Orders;

namespace LocalHost;

/// <summary>Everything that runs, in the order in which it starts; it stops in the opposite order, so that requests end well.</summary>
internal sealed class LocalSystem(LocalOptions options, LocalEnvironment local, Action<string> progress) : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _running = new();
    private readonly List<(string Address, string What)> _started = [];
    private readonly LocalPorts _ports = LocalPorts.Of(options);
    private readonly string _config = options.Config ?? Path.GetRelativePath(Environment.CurrentDirectory, Repository.DefaultConfig);

    private readonly RequestsUnderWay _underWay = new();

    private LocalTables? _tables;

    /// <summary>What was started, for the user.</summary>
    public IReadOnlyList<(string Address, string What)> Started => _started;

    /// <summary>Requests that the front door is serving now.</summary>
    public int RequestsUnderWay => _underWay.Count;

    /// <summary>Lines for the user to try; those of the sample configuration are chosen by hand.</summary>
    public IReadOnlyList<string> Examples() => Path.GetFullPath(_config) == Repository.DefaultConfig || ConfigFile.Load(_config, local.Lookup).Config is not { } config
        ? TryLines.OfSamples
        : new TryLines(config, local.Values["ISSUER_URL"]).All();

    public async Task StartAsync(CancellationToken cancellation)
    {
        RequireGoodConfig();
        await StartStorageAsync(cancellation);
        await StartIssuerAsync(cancellation);
        if (!options.NoSamples)
        {
            await StartSamplesAsync(cancellation);
        }

        await StartManagementAsync(cancellation);
        await StartFrontDoorAsync(cancellation);
        DevEnvironment.Write(local);
    }

    public async ValueTask DisposeAsync()
    {
        while (_running.TryPop(out var next))
        {
            await next.DisposeAsync();
        }
    }

    // Before anything is started, with addresses that only stand for those to come.
    private void RequireGoodConfig()
    {
        var load = ConfigFile.Load(_config, name => local.Lookup(name) ?? (name.EndsWith("_URL", StringComparison.Ordinal) ? "http://127.0.0.1:1" : null));
        if (load.Errors.Count > 0)
        {
            throw new StartFailure(new ConfigException(load.Errors).Message);
        }
    }

    private async Task StartStorageAsync(CancellationToken cancellation)
    {
        await AzuriteInstall.EnsureAsync(progress, cancellation);
        progress("starting Azurite …");
        var azurite = await AzuriteProcess.StartAsync(local.Folder["azurite"], _ports.Azurite, ended: OnAzuriteEnded, local.Time, cancellation);
        _running.Push(azurite);
        local.Folder.WritePrivate("azurite.pid", string.Create(CultureInfo.InvariantCulture, $"{azurite.Id}\n"));
        _tables = azurite.Tables;
        local.Services.AddSingleton(new Peppers(new(1, local.Folder.Secret("pepper", Pepper.MinimumBytes))));

        var ports = string.Join(',', azurite.Endpoints.Select(endpoint => endpoint.Port));
        local.Values["AZURITE_PORTS"] = ports;
        _started.Add(($"http://127.0.0.1:{ports}", "Azurite: blobs, queues, tables"));
    }

    // Not started again: what the gateway does without storage is worth seeing, and a restart would hide the reason.
    private static void OnAzuriteEnded(AzuriteProcess azurite) =>
        Console.Error.WriteLine($"Azurite ended by itself. Without it only API keys that are cached work. To start it again:{Environment.NewLine}  {azurite.Command}");

    private async Task StartIssuerAsync(CancellationToken cancellation)
    {
        var issuer = new TokenIssuer(IssuerKey.Load(local.Folder), local.Time);
        var server = await ServeAsync("token issuer", new(_ports.Issuer), _ => { }, issuer.Map, cancellation);
        local.Values["ISSUER_URL"] = server.Root();
        local.Values["TOKEN"] = issuer.Issue(new(server.Root()), DevConsumer.Token);
    }

    private async Task StartSamplesAsync(CancellationToken cancellation)
    {
        var orders = await ServeAsync("sample: Orders", new(_ports.Orders), services => services.AddSingleton(_tables!.ForSamples()).AddOrders(), OrdersApi.Map, cancellation);
        var customers = await ServeAsync("sample: Customers", new(_ports.Customers), _ => { }, CustomersApi.Map, cancellation);
        var echo = await ServeAsync("sample: Echo", new(_ports.Echo), _ => { }, EchoApi.Map, cancellation);
        await OrdersApi.SeedAsync(orders.Services, cancellation);
        local.Values["ORDERS_URL"] = orders.Root();
        local.Values["CUSTOMERS_URL"] = customers.Root();
        local.Values["ECHO_URL"] = echo.Root();
    }

    private async Task StartManagementAsync(CancellationToken cancellation)
    {
        var key = Base64Url.EncodeToString(local.Folder.Secret("manage.key", bytes: 32));
        var server = await ServeAsync("management API", new(_ports.Management), services => services.AddSingleton(_tables!.ForControlPlane()).AddControlPlane(new() { ManageKey = key }), app => app.MapManagement(), cancellation);
        local.Values["MANAGE_URL"] = server.Root();
        local.Values["MANAGE_KEY"] = key;
        local.Values["API_KEY"] = await DevConsumer.KeyAsync(server.Services, DevEnvironment.Earlier(local.Folder, "API_KEY"), local.Time, cancellation);
    }

    private async Task StartFrontDoorAsync(CancellationToken cancellation)
    {
        LocalListener[] listeners = _ports.Http2 is { } http2 ? [new(_ports.FrontDoor), new(http2, HttpProtocols.Http2)] : [new(_ports.FrontDoor)];
        var settings = new LocalServerSettings("front door", listeners) { PortOption = "--port" };
        try
        {
            var gateway = new GatewayOptions { ConfigPath = _config, Environment = local.Lookup };
            var server = await ServeAsync(settings, services => services.AddSingleton(_tables!.ForFrontDoor()).AddGateway(gateway), app => app.Run(_underWay.Around(GatewayPipeline.Build(app.Services))), cancellation);
            local.Values["GATEWAY_URL"] = server.Root();
            _started.Add((server.Root(), $"front door: {_config}"));
            if (listeners.Length > 1)
            {
                local.Values["GATEWAY_HTTP2_URL"] = server.Root(1);
                _started.Add((server.Root(1), "front door, cleartext HTTP/2"));
            }
        }
        catch (ConfigException e)
        {
            throw new StartFailure(e.Message);
        }
    }

    private async Task<LocalServer> ServeAsync(string purpose, LocalListener listener, Action<IServiceCollection> register, Action<WebApplication> map, CancellationToken cancellation)
    {
        var server = await ServeAsync(new(purpose, [listener]), register, map, cancellation);
        _started.Add((server.Root(), purpose));
        return server;
    }

    private async Task<LocalServer> ServeAsync(LocalServerSettings settings, Action<IServiceCollection> register, Action<WebApplication> map, CancellationToken cancellation)
    {
        var server = await LocalServer.StartAsync(settings, local, register, map, cancellation);
        _running.Push(server);
        return server;
    }
}
