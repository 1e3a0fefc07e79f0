using Azure.Core;
using Gateway;
using Gateway.Configuration;
using Gateway.Secrets;
using LocalHost.Hosts;
using LocalHost.Issuer;
using LocalHost.Members;
using LocalHost.Storage;
using LocalHost.Terminal;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Records;

namespace LocalHost;

/// <summary>The front door: the gateway itself, with the configuration and on the ports that were asked for.</summary>
internal sealed class LocalFrontDoor(LocalOptions options, LocalEnvironment local) : IAsyncDisposable
{
    private readonly string _config = options.Config ?? Path.GetRelativePath(Environment.CurrentDirectory, Repository.DefaultConfig);
    private readonly RequestsUnderWay _underWay = new();

    private LocalServer? _server;

    /// <summary>Requests that it is serving now.</summary>
    public int RequestsUnderWay => _underWay.Count;

    /// <summary>Lines for the user to try; those of the sample configuration are chosen by hand.</summary>
    public IReadOnlyList<string> Examples() => Path.GetFullPath(_config) == Repository.DefaultConfig || ConfigFile.Load(_config, local.Lookup).Config is not { } config
        ? TryLines.OfSamples
        : new TryLines(config, local.Values["ISSUER_URL"]).All();

    /// <summary>Told of each configuration that serves from now on.</summary>
    public Action<GatewayConfig>? Loaded { get; set; }

    /// <summary>What the configuration says. Fails when it is wrong: before anything is started, with addresses that only stand for those to come.</summary>
    public GatewayConfig RequireGoodConfig()
    {
        var load = ConfigFile.Load(_config, name => local.Lookup(name) ?? StandIn(name));
        return load.Config ?? throw new StartFailure(new ConfigException(load.Errors).Message);
    }

    /// <summary>Starts it, and says where it listens.</summary>
    public async Task<IReadOnlyList<(string Address, string What)>> StartAsync(LocalTables tables, LocalBlobs blobs, LocalMesh mesh, CancellationToken cancellation)
    {
        var ports = LocalPorts.Of(options);
        LocalListener[] listeners = ports.Http2 is { } http2 ? [new(ports.FrontDoor), new(http2, HttpProtocols.Http2)] : [new(ports.FrontDoor)];
        var settings = new LocalServerSettings("front door", listeners) { PortOption = "--port" };
        var gateway = new GatewayOptions { ConfigPath = _config, Environment = local.Lookup, StampAdmissions = options.StampAdmissions, Loaded = Loaded };
        gateway = options.ReleasePeriod is { } period ? gateway with { ReleasePeriod = period } : gateway;
        gateway = options.SecretRefresh is { } refresh ? gateway with { SecretRefresh = refresh } : gateway;
        var identity = new LocalIdentity(new(IssuerKey.Load(local.Folder), local.Time), new(local.Values["ISSUER_URL"]), local.Time);
        try
        {
            _server = await LocalServer.StartAsync(
                settings,
                local,
                services => Register(services, tables, blobs, mesh, gateway).AddSingleton<TokenCredential>(identity),
                app => app.Run(_underWay.Around(GatewayPipeline.Build(app.Services))),
                cancellation);
        }
        catch (ConfigException e)
        {
            throw new StartFailure(e.Message);
        }

        local.Values["GATEWAY_URL"] = _server.Root();
        (string, string) started = (_server.Root(), $"front door: {_config}");
        if (listeners.Length == 1)
        {
            return [started];
        }

        local.Values["GATEWAY_HTTP2_URL"] = _server.Root(1);
        return [started, (_server.Root(1), "front door, cleartext HTTP/2")];
    }

    // The issuer speaks http, the samples mutual TLS.
    private static string? StandIn(string name) =>
        !name.EndsWith("_URL", StringComparison.Ordinal) ? null
        : name == "ISSUER_URL" ? "http://127.0.0.1:1"
        : "https://127.0.0.1:1";

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static IServiceCollection Register(IServiceCollection services, LocalTables tables, LocalBlobs blobs, LocalMesh mesh, GatewayOptions gateway) => mesh
        .Join(services, LocalMesh.Gateway, serves: false)
        .AddSingleton<IPepperSource>(mesh.Peppers(LocalMesh.Gateway))
        .AddKeyedSingleton(GatewaySecrets.ClientKey, mesh.SharedSecrets(LocalMesh.Gateway))
        .AddSingleton(tables.ForFrontDoor())
        .AddSingleton(blobs.ForFrontDoor())
        .AddGateway(gateway);
}
