using System.Text.Json;
using Gateway.Configuration;
using Gateway.Secrets;
using Gateway.Tests.Forwarding;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Gateway.Tests.Secrets;

/// <summary>Secrets in a whole gateway: from the vault into headers and issuers, and nowhere else.</summary>
public sealed class SecretsOnTheWireTests : IAsyncLifetime
{
    private readonly FakeVault _vault = new();
    private TestServer? _service;
    private RunningGateway? _gateway;

    private SnapshotSource Snapshots => _gateway!.Services.GetRequiredService<SnapshotSource>();

    public async ValueTask InitializeAsync() => _service = await TestServer.StartAsync(context =>
    {
        var seen = context.Request.Headers["X-Key"].ToString();
        context.Response.ContentLength = seen.Length;
        return context.Response.WriteAsync(seen);
    });

    public async ValueTask DisposeAsync()
    {
        await (_gateway?.DisposeAsync() ?? default);
        await _service!.DisposeAsync();
    }

    [Fact]
    public async Task FirstLoad_IsServedWhenItsSecretsAreThere_AndUntilThenNothingIs()
    {
        await StartAsync(Header("orders-key"));

        var before = await _gateway!.AskAsync("GET /");
        var notReady = await _gateway.AskAsync("GET /_gateway/ready");
        var reported = await LogLineAsync("gateway.yaml:2:");
        _vault.Values["orders-key"] = "s3cret-1";
        await LogLineAsync("loaded: release");
        var after = await _gateway.AskAsync("GET /", ["X-Key: theirs"]);

        Assert.Equal((503, 503, 200), (before.Status, notReady.Status, after.Status));
        Assert.Contains("configuration-unavailable", before.Body, StringComparison.Ordinal);
        Assert.Contains("services.s.headers.set.x-key: The vault has no secret 'orders-key'. Set it there", reported, StringComparison.Ordinal);
        Assert.Equal("s3cret-1", after.Body);
        AssertNothingShows("s3cret-1");
    }

    [Fact]
    public async Task ChangedSecret_IsSent_WithoutAnotherSnapshotOrConnection()
    {
        _vault.Values["orders-key"] = "s3cret-1";
        await StartAsync(Header("orders-key"));
        await LogLineAsync("loaded: release");
        var snapshot = Snapshots.Current;
        Assert.Equal("s3cret-1", (await _gateway!.AskAsync("GET /")).Body);

        _vault.Values["orders-key"] = "s3cret-2";
        await LogLineAsync("orders-key has changed");

        Assert.Equal("s3cret-2", (await _gateway.AskAsync("GET /")).Body);
        Assert.Same(snapshot, Snapshots.Current);
        AssertNothingShows("s3cret-1", "s3cret-2");
    }

    [Fact]
    public async Task Reload_WithASecretThatIsNotThere_KeepsTheOneBefore_AndSaysWhere_UntilItIs()
    {
        _vault.Values["orders-key"] = "s3cret-1";
        await StartAsync(Header("orders-key"));
        await LogLineAsync("loaded: release");
        using var reloads = new MetricCollector<long>(_gateway!.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "ServerlessGateway", "gateway.config.reloads");

        _gateway.WriteConfig(Header("other-key"));
        var reported = await LogLineAsync("gateway.yaml:2:");
        Assert.Equal("s3cret-1", (await _gateway.AskAsync("GET /")).Body);
        _vault.Values["other-key"] = "s3cret-2";
        await LogLineAsync("loaded: release");

        Assert.Contains("The vault has no secret 'other-key'.", reported, StringComparison.Ordinal);
        Assert.Equal("s3cret-2", (await _gateway.AskAsync("GET /")).Body);
        Assert.Equal(["lacking", "loaded"], reloads.GetMeasurementSnapshot().Select(measured => measured.Tags["outcome"]));
    }

    [Fact]
    public async Task VaultThatIsAway_KeepsTheLastValue()
    {
        _vault.Values["orders-key"] = "s3cret-1";
        await StartAsync(Header("orders-key"));
        await LogLineAsync("loaded: release");

        _vault.Fault = new InvalidOperationException("away");
        await LogLineAsync("what was read last is used on");

        Assert.Equal("s3cret-1", (await _gateway!.AskAsync("GET /")).Body);
    }

    [Fact]
    public async Task Start_WithoutAVault_IsRefusedAtThePlace()
    {
        var thrown = await Assert.ThrowsAsync<ConfigException>(() => RunningGateway.StartAsync(Header("orders-key"), new() { Environment = Environment() }));

        Assert.Contains("This process has no vault of shared secrets.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issuer_FromTheVault_IsCheckedWhenItIsKnown_AndWhatItHoldsIsNotShown()
    {
        (_vault.Values["authority"], _vault.Values["audience"]) = ("s3cret is no address", "s3cret-audience");
        await StartAsync(Issuer);

        var first = await LogLineAsync("gateway.yaml:2:");
        Assert.Null(Snapshots.Current);
        _vault.Values["authority"] = "http://127.0.0.1:1";
        await LogLineAsync("loaded: release");
        var snapshot = Snapshots.Current!;
        _vault.Values["authority"] = "http://s3cret.example";
        var second = await LogLineAsync("gateway.yaml:2:");
        Assert.Same(snapshot, Snapshots.Current);
        _vault.Values["authority"] = "http://127.0.0.1:2";
        await LogLineAsync("serves with secrets that have changed");

        Assert.All([first, second], line => Assert.Contains("issuers.i.authority: What the vault holds as 'authority' cannot stand here.", line, StringComparison.Ordinal));
        Assert.NotSame(snapshot, Snapshots.Current);
        Assert.Equal(snapshot.Release, Snapshots.Current!.Release);
        Assert.Equal(("${keyvault:authority}", "${keyvault:audience}"), (Snapshots.Current.Config.Issuers["i"].Authority, Assert.Single(Snapshots.Current.Config.Issuers["i"].Audiences)));
        AssertNothingShows("s3cret", "127.0.0.1:2");
    }

    private const string Issuer = """
        version: 1
        issuers: { i: { authority: "${keyvault:authority}", audiences: "${keyvault:audience}", algorithms: [RS256] } }
        routes: { r: { match: GET /, auth: i, respond: {} } }
        """;

    private static string Header(string secret) => $$"""
        version: 1
        services: { s: { urls: "${env:SERVICE}", headers: { set: { x-key: "${keyvault:{{secret}}}" } } } }
        routes: { r: { match: GET /, auth: anonymous, forward: s } }
        """;

    private async Task StartAsync(string yaml) => _gateway = await RunningGateway.StartAsync(yaml, new()
    {
        Environment = Environment(),
        Services = services => services.AddSingleton<ISecretVault>(_vault),
        SecretRefresh = TimeSpan.FromMilliseconds(50),
    });

    private Dictionary<string, string> Environment() => new() { ["SERVICE"] = _service!.Url };

    private Task<string> LogLineAsync(string text) => _gateway!.LogLineAsync(text);

    private void AssertNothingShows(params string[] secrets)
    {
        var current = Snapshots.Current!;
        string[] shown = [.. _gateway!.LogSoFar(), $"{current}", $"{current.Config}", JsonSerializer.Serialize(current.Config), JsonSerializer.Serialize(current.Secrets), JsonSerializer.Serialize(current.Load)];
        Assert.All(secrets, secret => Assert.DoesNotContain(shown, text => text.Contains(secret, StringComparison.Ordinal)));
    }
}
