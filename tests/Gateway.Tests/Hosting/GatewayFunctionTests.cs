using System.Net;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Security.KeyVault.Secrets;
using Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Records;
using Tests.Shared;

namespace Gateway.Tests.Hosting;

/// <summary>The gateway as a Functions app registers it, behind a server in the place of the Functions host.</summary>
public sealed class GatewayFunctionTests : IAsyncLifetime
{
    private const string Config = """
        version: 1
        mesh: { trustDomain: contoso.internal }
        routes:
          ping: { match: GET /ping, auth: anonymous, respond: { text: pong } }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-function-");
    private readonly FakeTables _tables = new();
    private readonly RecordedStart _recorded = new();
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var path = Path.Combine(_folder.FullName, "gateway.yaml");
        await File.WriteAllTextAsync(path, Config);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        builder.Services
            .AddSingleton<TableServiceClient>(_tables)
            .AddSingleton<SecretClient>(new NoSecrets())
            .AddSingleton<IPepperSource>(new FixedPeppers(new(new Pepper(1, RandomNumberGenerator.GetBytes(Pepper.MinimumBytes)))))
            .AddGatewayFunction(new() { ConfigPath = path, Environment = _ => null }, new() { Service = "gateway", TrustDomain = "contoso.internal", Callers = null })
            .AddHostedService(_ => _recorded);
        _app = builder.Build();
        var function = _app.Services.GetRequiredService<GatewayFunction>();
        _app.Run(function.ServeAsync);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Start_BeforeTheFirstRequest_AsksNobody()
    {
        var before = _tables.Calls;
        using var client = new HttpClient { BaseAddress = new(_app.Urls.Single()) };

        var answer = await client.GetStringAsync("/ping", TestContext.Current.CancellationToken);
        await _tables.Called.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, "pong"), (before, answer));
        Assert.True(_recorded.IsStarted);
    }

    [Fact]
    public async Task Configuration_IsReadAtTheStart()
    {
        using var client = new HttpClient { BaseAddress = new(_app.Urls.Single()) };

        using var ready = await client.GetAsync("/_gateway/ready", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public void Deferred_AreTheLibrariesOwn_AndNobodyElses() =>
        Assert.Equal(
            ["MeshMember", "SecretReader", "ReleaseFollower", "LastUseWriter", "LeaseReturn"],
            _app.Services.GetRequiredService<DeferredServices>().All.Select(service => service.Type.Name));

    // What the host itself starts stays the host's.
    private sealed class RecordedStart : IHostedService
    {
        public bool IsStarted { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            IsStarted = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class NoSecrets : SecretClient;
}
