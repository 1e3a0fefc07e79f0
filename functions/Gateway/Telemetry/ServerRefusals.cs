using System.Diagnostics;
using Gateway.Requests;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace Gateway.Telemetry;

/// <summary>
/// Counts what Kestrel refuses before the pipeline begins (malformed request lines, headers too many or too large, header time-outs).
/// Those answers keep the server's bare status.
/// </summary>
internal sealed class ServerRefusals(DiagnosticListener listener, RequestMetrics metrics) : IHostedService, IObserver<KeyValuePair<string, object?>>
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = listener.Subscribe(this, static name => name == BadRequest);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // A body that turns out bad while the gateway reads it is the gateway's to answer, and is counted there.
        if (value.Value is IFeatureCollection features && features.Get<GatewayRequest>() is null)
        {
            metrics.RefusedByServer();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
