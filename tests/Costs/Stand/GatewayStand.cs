using Azure.Data.Tables;
using Gateway;
using Gateway.Authentication.Jwt;
using Gateway.Configuration;
using Gateway.Limits.Ledger;
using Gateway.Tests.Authentication.Jwt;
using Gateway.Tests.Limits.Exact;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Records;
using Tests.Shared;

namespace Costs.Stand;

/// <summary>The gateway as a host composes it, without a socket: storage, the issuer of tokens and the service are in memory and answer at once.</summary>
internal sealed class GatewayStand : IDisposable
{
    private const string Yaml = """
        version: 1
        issuers: { login: { authority: "https://login.example/tenant", audiences: [api], algorithms: [RS256, ES256] } }
        services: { backend: "http://backend.example" }
        limits:
          plenty: 1000000000 per 60s by consumer
          spent: 1 per 1h by consumer
        routes:
          open: { match: "GET /open/{id}", auth: anonymous, forward: backend }
          keyed: { match: "GET /keyed/{id}", auth: apiKey, limits: [plenty], forward: backend }
          signed: { match: "GET /signed/{id}", auth: login, limits: [plenty], forward: backend }
          spent: { match: "GET /spent/{id}", auth: apiKey, limits: [spent], forward: backend }
        """;

    public GatewayStand(TimeProvider? time = null)
    {
        Time = time ?? TimeProvider.System;
        Ledger = new(Time);
        Site.Keys.Add(TestKey.P256.Public());
        Tables.Time = Time;
        Services = Register().BuildServiceProvider();
        Config = ConfigFile.Parse(Yaml, "stand", _ => null) is { Config: { } config } ? config : throw new InvalidOperationException("The stand's configuration has mistakes.");
        Services.GetRequiredService<SnapshotSource>().Current = new("stand", Config, GatewayPipeline.Compile(Services, Config));
        Pipeline = GatewayPipeline.Build(Services);
    }

    public TimeProvider Time { get; }

    public ServiceProvider Services { get; }

    public GatewayConfig Config { get; }

    public RequestDelegate Pipeline { get; }

    public FakeTables Tables { get; } = new();

    public MemoryLedger Ledger { get; }

    public Peppers Peppers { get; } = new(new Pepper(1, [.. Enumerable.Repeat((byte)1, Pepper.MinimumBytes)]));

    private TestIssuer Site { get; } = new();

    public EffectiveRoute Route(string name) => EffectiveRoute.AllOf(Config).Single(route => route.Name == name);

    public void Dispose()
    {
        Services.Dispose();
        Site.Dispose();
    }

    private IServiceCollection Register() => new ServiceCollection()
        .AddLogging(AsAHostLogs)
        .AddSingleton(Time)
        .AddSingleton(new Random(1))
        .AddSingleton<IUpstreamHandlers>(new InstantService())
        .AddSingleton<TableServiceClient>(Tables)
        .AddSingleton<IPepperSource>(new FixedPeppers(Peppers))
        .AddGateway(new() { ConfigPath = "unread.yaml" })
        .AddSingleton<ILedgerStore>(Ledger)
        .AddSingleton(new IssuerClient(new HttpMessageInvoker(Site), Time));

    // One access line for each request is made; the frameworks' own lines are not.
    private static void AsAHostLogs(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Gateway", LogLevel.Information)
        .AddFilter("Yarp", LogLevel.Error)
        .AddProvider(new DroppedLog());
}
