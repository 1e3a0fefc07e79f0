using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ControlPlane.Tests.Rotations;

/// <summary>What the metrics of rotations count, as certificate: outcome, or step.</summary>
internal sealed class EndedRotations : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _ended = new();
    private readonly ConcurrentQueue<string> _stuck = new();

    public EndedRotations(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name is "mesh.rotations" or "mesh.rotations.stuck" && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
            (instrument.Name == "mesh.rotations" ? _ended : _stuck).Enqueue($"{tags[0].Value}: {tags[1].Value}"));
        _listener.Start();
    }

    public IReadOnlyList<string> All => [.. _ended];

    public IReadOnlyList<string> Stuck => [.. _stuck];

    public void Dispose() => _listener.Dispose();
}
