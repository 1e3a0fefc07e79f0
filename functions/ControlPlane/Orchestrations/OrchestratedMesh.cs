using ControlPlane.Rotations;

namespace ControlPlane.Orchestrations;

/// <summary>What the host of an engine of orchestrations asks: which rotations there are to be, so that it runs them.</summary>
public sealed class OrchestratedMesh : IDisposable
{
    private readonly RotationSchedule _schedule;
    private readonly RotationJournal _journal;
    private readonly IRotationEngine _engine;
    private readonly RotationOptions _options;
    private readonly SemaphoreSlim _tick = new(1, 1);

    internal OrchestratedMesh(RotationSchedule schedule, RotationJournal journal, IRotationEngine engine, RotationOptions options) =>
        (_schedule, _journal, _engine, _options) = (schedule, journal, engine, options);

    /// <summary>Begins in the journal what is due. Then <see cref="RunningAsync"/> has it. One at a time, whoever asks: the schedule remembers what it has seen.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        await _tick.WaitAsync(cancellation);
        try
        {
            await _schedule.TryTickAsync(cancellation);
        }
        finally
        {
            _tick.Release();
        }
    }

    public void Dispose() => _tick.Dispose();

    /// <summary>All that has to run: an orchestration of each that is not there, or has ended, is to be started.</summary>
    public async Task<IReadOnlyList<RotationOrder>> RunningAsync(CancellationToken cancellation) =>
        [.. (await _journal.ListAsync(cancellation)).Where(record => record.Finished is null).Select(record => new RotationOrder(record.Id, record.Certificate, record.Procedure, _options))];

    /// <summary>The rotation of this certificate that has to run. Null: none.</summary>
    public async Task<RotationOrder?> FindRunningAsync(string certificate, CancellationToken cancellation) =>
        await _journal.FindRunningAsync(certificate, cancellation) is { Record: var record } ? new(record.Id, record.Certificate, record.Procedure, _options) : null;

    /// <summary>Begins a rotation of a leaf for the sake of its authority's, in the journal.</summary>
    public Task BeginLeafAsync(string service, CancellationToken cancellation) => _engine.StartAsync(service, "authority", cancellation);
}
