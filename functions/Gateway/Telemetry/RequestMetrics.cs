using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Gateway.Telemetry;

/// <summary>Metrics of the requests that the gateway serves, by the stable HTTP semantic conventions.</summary>
internal sealed class RequestMetrics
{
    // Bounds that the conventions advise for this histogram, in seconds.
    private static readonly InstrumentAdvice<double> _bounds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _refusedByServer;

    public RequestMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayInstruments.Name);
        _duration = meter.CreateHistogram("http.server.request.duration", "s", "Duration of requests.", null, _bounds);
        _active = meter.CreateUpDownCounter<long>("http.server.active_requests", "{request}", "Requests under way.");
        _refusedByServer = meter.CreateCounter<long>("gateway.server.refused", "{request}", "Requests that the server refused before the gateway saw them.");
    }

    public void Started() => _active.Add(1);

    public void Finished(TimeSpan duration, RequestTags request)
    {
        _active.Add(-1);
        if (!_duration.Enabled)
        {
            return;
        }

        var tags = new TagList
        {
            { "http.request.method", request.Method },
            { "http.response.status_code", request.Status },
            { "url.scheme", request.Scheme },
            { "network.protocol.version", request.ProtocolVersion },
        };
        if (request.Route is not null)
        {
            tags.Add("http.route", request.Route);
        }

        if (request.ErrorType is not null)
        {
            tags.Add("error.type", request.ErrorType);
        }

        _duration.Record(duration.TotalSeconds, tags);
    }

    public void RefusedByServer() => _refusedByServer.Add(1);
}
