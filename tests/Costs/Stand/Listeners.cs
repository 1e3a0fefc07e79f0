using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gateway.Telemetry;

namespace Costs.Stand;

/// <summary>Listens to the gateway's traces and metrics as an exporter does, and keeps nothing. Every request of the process is traced while it does.</summary>
internal sealed class Listeners : IDisposable
{
    private readonly ActivityListener _traces = new()
    {
        ShouldListenTo = static source => source.Name == GatewayInstruments.Name,
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    private readonly MeterListener _metrics = new()
    {
        InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == GatewayInstruments.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        },
    };

    public Listeners()
    {
        ActivitySource.AddActivityListener(_traces);
        _metrics.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        _metrics.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        _metrics.Start();
    }

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
