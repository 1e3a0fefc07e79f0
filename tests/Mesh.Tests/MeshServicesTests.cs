using System.Net;
using Azure.Data.Tables;
using Mesh.Health;
using Mesh.Leaves;
using Mesh.Peers;
using Mesh.Tests.Calls;
using Mesh.Tests.Leaves;
using Mesh.Tests.Peers;
using Mesh.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;

namespace Mesh.Tests;

/// <summary>The mesh as a backend adds it, on a host that starts and stops.</summary>
public sealed class MeshServicesTests : IAsyncLifetime
{
    private readonly MeshWorld _world = new();
    private readonly MemoryVault _vault = new();
    private readonly MemoryPeers _peers = new();
    private MeshBackend _backend = null!;

    public async ValueTask InitializeAsync() => _backend = await MeshBackend.StartAsync(_world.Leaf("orders", "o1").Leaf);

    public async ValueTask DisposeAsync()
    {
        await _backend.DisposeAsync();
        _world.Dispose();
    }

    [Fact]
    public async Task Backend_OfFiveLines_CallsOverTheMeshAndLeavesInGoodOrder()
    {
        var (leaf, version) = _world.Leaf("gateway", "g1");
        _vault.Put("g1", leaf);
        _world.Publish(1, bundle => bundle with { Workloads = [new() { Service = "gateway", InUse = version }] });
        using var host = Host();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.Services.GetRequiredService<MeshReady>().WaitAsync(TestContext.Current.CancellationToken);
        using var answer = await host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("shop").GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        var status = host.Services.GetRequiredService<MeshStatus>();
        var report = _peers.Report;
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([leaf.SerialNumber], _backend.Clients);
        Assert.Equal((1, leaf.SerialNumber), (status.ActsOn, status.Serial));
        Assert.Equal(["orders"], report.Calls);
        Assert.Empty(_peers.Rows);
    }

    [Fact]
    public async Task Member_PollsAndActsOnTheNextBundle()
    {
        _world.Publish(1);
        using var host = Host();
        var status = host.Services.GetRequiredService<MeshStatus>();
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        _peers.Writing = _ => (status.ActsOn switch { 1 => first, 2 => second, _ => null })?.TrySetResult();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await first.Task;

        _world.Publish(2);
        while (!second.Task.IsCompleted)
        {
            // The wait has a jitter: any step may be the one that ends it.
            _world.Pass(1);
            await Task.Yield();
        }

        Assert.Equal(2, status.ActsOn);
    }

    [Fact]
    public async Task Start_WithWrongSettings_StopsAndNamesThem()
    {
        var builder = new HostApplicationBuilder();
        builder.AddMesh();
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<MeshOptionsException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(4, failure.Errors.Count);
    }

    [Fact]
    public async Task Gauges_TellExpiryAndAge()
    {
        var (leaf, version) = _world.Leaf("gateway", "g1");
        _vault.Put("g1", leaf);
        _world.Publish(1, bundle => bundle with { Workloads = [new() { Service = "gateway", InUse = version }] });
        using var host = Host();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.Services.GetRequiredService<MeshReady>().WaitAsync(TestContext.Current.CancellationToken);
        using var expiry = new MetricCollector<double>(host.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "ServerlessGateway", "cert_expiry_seconds");

        expiry.RecordObservableInstruments();

        var measured = Assert.Single(expiry.GetMeasurementSnapshot());
        Assert.Equal((TimeSpan.FromDays(1).TotalSeconds, "gateway"), (measured.Value, measured.Tags["service"]));
    }

    [Fact]
    public void Azure_IsMadeFromTheSettingsWhereTheHostHasNoClients()
    {
        var services = new ServiceCollection().AddMesh(new()
        {
            Service = "gateway",
            TrustDomain = "contoso.internal",
            Vault = new("https://gateway.vault.example"),
            Tables = new("https://contoso.tables.example"),
        });
        using var provider = services.BuildServiceProvider();

        Assert.IsType<SecretLeafVault>(provider.GetRequiredService<ILeafVault>());
        Assert.IsType<TableBundleSource>(provider.GetRequiredService<IBundleSource>());
        Assert.IsType<TablePeerStore>(provider.GetRequiredService<IPeerStore>());
    }

    [Fact]
    public void UseMesh_OfNoServiceName_SaysSo() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddHttpClient("shop").UseMesh("Orders"));

    [Fact]
    public void Mesh_WithAClientUnderItsKey_TakesThatOne()
    {
        var services = new ServiceCollection().AddMesh(new() { Service = "gateway", TrustDomain = "contoso.internal", Vault = new("https://gateway.vault.example") });
        services.AddKeyedSingleton(MeshServices.ClientKey, new TableServiceClient("UseDevelopmentStorage=true"));
        using var provider = services.BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredService<IBundleSource>());
    }

    private IHost Host()
    {
        var builder = new HostApplicationBuilder();
        builder.Configuration["Mesh:Service"] = "gateway";
        builder.Configuration["Mesh:TrustDomain"] = "contoso.internal";
        builder.Configuration["Mesh:Vault"] = "https://gateway.vault.example";
        builder.Configuration["Mesh:Tables"] = "https://contoso.tables.example";
        builder.Configuration["Mesh:Services:orders"] = _backend.Address.ToString();
        builder.Services.AddSingleton<TimeProvider>(_world.Time);
        builder.Services.AddSingleton<IBundleSource>(_world.Bundles).AddSingleton<ILeafVault>(_vault).AddSingleton<IPeerStore>(_peers);
        builder.AddMesh();
        builder.Services.AddHttpClient("shop").UseMesh("orders");
        return builder.Build();
    }
}
