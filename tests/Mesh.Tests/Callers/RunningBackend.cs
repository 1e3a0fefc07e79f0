using System.Diagnostics.Metrics;
using System.Net;
using Mesh.Callers;
using Mesh.Telemetry;
using Mesh.Trust;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Tests.Shared;

namespace Mesh.Tests.Callers;

/// <summary>A team's backend on real sockets: one address with mutual TLS, one without TLS.</summary>
internal sealed class RunningBackend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MetricCollector<long> _calls;
    private readonly MetricCollector<long> _handshakes;
    private readonly MetricCollector<long> _forged;
    private readonly MetricCollector<long> _closed;

    private RunningBackend(MeshCallerOptions options, Action<WebApplication> configure)
    {
        Authority = new(Time.GetUtcNow());
        Trust.Leaf = Authority.Issue("orders", Time.GetUtcNow());
        Trust.View = Views.Of(Authority);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, 0, listen => listen.UseMeshTls());
            server.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddSingleton<TimeProvider>(Time).AddSingleton<ITrust>(Trust).AddMeshCallers(options);
        _app = builder.Build();
        configure(_app);

        var meters = _app.Services.GetRequiredService<IMeterFactory>();
        _calls = new(meters, MeshInstruments.Name, "mesh.calls");
        _handshakes = new(meters, MeshInstruments.Name, "mesh.handshake.failures");
        _forged = new(meters, MeshInstruments.Name, "mesh.forged_headers");
        _closed = new(meters, MeshInstruments.Name, "mesh.connections.closed");
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    public MeshAuthority Authority { get; }

    public FakeTrust Trust { get; } = new();

    public Uri Secure => new(_app.Urls.First());

    public Uri Plain => new(_app.Urls.Last());

    /// <summary>Why connections were closed.</summary>
    public IReadOnlyList<object?> ClosedConnections => [.. _closed.GetMeasurementSnapshot().Select(closed => closed.Tags["reason"])];

    /// <summary>What the counter of calls saw, as caller: outcome.</summary>
    public IReadOnlyList<string> Calls => [.. _calls.GetMeasurementSnapshot().Select(call => $"{call.Tags["caller"]}: {call.Tags["outcome"]}")];

    /// <summary>What the counter of handshakes saw, as side: reason.</summary>
    public IReadOnlyList<string> FailedHandshakes => [.. _handshakes.GetMeasurementSnapshot().Select(failure => $"{failure.Tags["side"]}: {failure.Tags["reason"]}")];

    public long ForgedHeaders => _forged.GetMeasurementSnapshot().EvaluateAsCounter();

    /// <summary>Answers at /whoami with the caller, at /gateway only to the gateway, at /health to everybody.</summary>
    public static void Sample(WebApplication app)
    {
        app.MapGet("/whoami", WhoAmI);
        app.MapGet("/gateway", WhoAmI).RequireMeshCaller("gateway");
        app.MapGet("/health", () => "healthy").AllowPlainCaller();
    }

    public static string WhoAmI(HttpContext context) =>
        $"{context.MeshCaller()?.Id.ToString() ?? "plain"} {context.Request.Headers["X-ARR-ClientCert"].Count}";

    public static async Task<RunningBackend> StartAsync(MeshCallerOptions? options = null, Action<WebApplication>? configure = null)
    {
        var backend = new RunningBackend(options ?? new() { Source = MeshCallerSource.Tls }, configure ?? Sample);
        await backend._app.StartAsync(TestContext.Current.CancellationToken);
        return backend;
    }

    /// <summary>As when a new bundle is acted on.</summary>
    public void ActOnTrust()
    {
        foreach (var follower in _app.Services.GetServices<IActsOnTrust>())
        {
            follower.Act();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _calls.Dispose();
        _handshakes.Dispose();
        _forged.Dispose();
        _closed.Dispose();
        Authority.Dispose();
    }
}
