using System.Diagnostics.Metrics;
using Mesh.Telemetry;

namespace LocalHost.Members;

/// <summary>Says in the process's log when a handshake fails, which elsewhere only the metrics tell.</summary>
internal sealed partial class FailedHandshakes : IDisposable
{
    // The mesh counts what it refuses; the server of this process also sees callers that break off.
    private static readonly (string Meter, string Instrument)[] Heard =
    [
        (MeshInstruments.Name, "mesh.handshake.failures"),
        ("Microsoft.AspNetCore.Server.Kestrel", "kestrel.tls_handshake.duration"),
    ];

    private readonly MeterListener _listener = new();
    private readonly ILogger<FailedHandshakes> _logger;

    public FailedHandshakes(ILoggerFactory loggers)
    {
        _logger = loggers.CreateLogger<FailedHandshakes>();
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (Heard.Contains((instrument.Meter.Name, instrument.Name)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Log.Failed(_logger, TextOf(tags, "side"), TextOf(tags, "reason")));
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) => HeardOfServer(TextOf(tags, "error.type")));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    private void HeardOfServer(string? error)
    {
        if (error is not null)
        {
            Log.Failed(_logger, "server", error);
        }
    }

    private static string? TextOf(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return value?.ToString();
            }
        }

        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A TLS handshake failed: side={Side} reason={Reason}.")]
        public static partial void Failed(ILogger logger, string? side, string? reason);
    }
}
