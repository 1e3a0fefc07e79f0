using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ControlPlane.Tests.Rotations;

/// <summary>What the metric of rotations counts, as certificate: outcome.</summary>
internal sealed class EndedRotations : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _ended = new();

    public EndedRotations(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "mesh.rotations" && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _ended.Enqueue($"{tags[0].Value}: {tags[1].Value}"));
        _listener.Start();
    }

    public IReadOnlyList<string> All => [.. _ended];

    public void Dispose() => _listener.Dispose();
}
