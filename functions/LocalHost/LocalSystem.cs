using Azure.Data.Tables;
using LocalHost.Hosts;
using LocalHost.Issuer;
using LocalHost.Storage;
using Samples.Customers;
using Samples.Echo;
using Samples.Orders;

namespace LocalHost;

/// <summary>Everything that runs, in the order in which it starts; it stops in the opposite order.</summary>
internal sealed class LocalSystem(LocalOptions options, LocalEnvironment local, Action<string> progress) : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _running = new();
    private readonly List<(string Address, string What)> _started = [];

    /// <summary>What was started, for the user.</summary>
    public IReadOnlyList<(string Address, string What)> Started => _started;

    public async Task StartAsync(CancellationToken cancellation)
    {
        var ports = LocalPorts.Of(options);
        ports.RequireFree(!options.NoSamples);

        var azurite = await StartStorageAsync(ports, cancellation);
        var tables = azurite.Tables();
        await StartIssuerAsync(ports.Issuer, cancellation);
        if (!options.NoSamples)
        {
            await StartSamplesAsync(ports, tables, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_running.TryPop(out var next))
        {
            await next.DisposeAsync();
        }
    }

    private async Task<AzuriteProcess> StartStorageAsync(LocalPorts ports, CancellationToken cancellation)
    {
        await AzuriteInstall.EnsureAsync(progress, cancellation);
        progress("starting Azurite …");
        var azurite = await AzuriteProcess.StartAsync(local.Folder["azurite"], ports.Azurite, ended: OnAzuriteEnded, local.Time, cancellation);
        _running.Push(azurite);
        local.Folder.WritePrivate("azurite.pid", $"{azurite.Id}\n");
        var endpoints = azurite.Endpoints;
        _started.Add(($"http://127.0.0.1:{endpoints[0].Port} {endpoints[1].Port} {endpoints[2].Port}", "Azurite: blobs, queues, tables"));
        return azurite;
    }

    // Not started again: what the gateway does without storage is worth seeing, and a restart would hide the reason.
    private static void OnAzuriteEnded(AzuriteProcess azurite) =>
        Console.Error.WriteLine($"Azurite ended by itself. Without it only API keys that are cached work. To start it again:{Environment.NewLine}  {azurite.Command}");

    private async Task StartIssuerAsync(int port, CancellationToken cancellation)
    {
        var issuer = new TokenIssuer(IssuerKey.Load(local.Folder), local.Time);
        var server = await ServeAsync("token issuer", new(port), _ => { }, issuer.Map, cancellation);
        local.Values["ISSUER_URL"] = server.Root();
    }

    private async Task StartSamplesAsync(LocalPorts ports, TableServiceClient tables, CancellationToken cancellation)
    {
        var orders = await ServeAsync("sample: Orders", new(ports.Orders), services => services.AddSingleton(tables).AddOrders(), OrdersApi.Map, cancellation);
        var customers = await ServeAsync("sample: Customers", new(ports.Customers), _ => { }, CustomersApi.Map, cancellation);
        var echo = await ServeAsync("sample: Echo", new(ports.Echo), _ => { }, EchoApi.Map, cancellation);
        await OrdersApi.SeedAsync(orders.Services, cancellation);
        local.Values["ORDERS_URL"] = orders.Root();
        local.Values["CUSTOMERS_URL"] = customers.Root();
        local.Values["ECHO_URL"] = echo.Root();
    }

    private async Task<LocalServer> ServeAsync(
        string purpose, LocalListener listener, Action<IServiceCollection> register, Action<WebApplication> map, CancellationToken cancellation)
    {
        var server = await LocalServer.StartAsync(new(purpose, [listener], local.Loggers, local.Time), register, map, cancellation);
        _running.Push(server);
        _started.Add((server.Root(), purpose));
        return server;
    }
}
