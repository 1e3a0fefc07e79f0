using System.Diagnostics.Metrics;
using ControlPlane.Rotations;
using ControlPlane.Storage;
using ControlPlane.Tests.Management;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Records.Trust;
using Tests.Shared;

namespace ControlPlane.Tests.Rotations;

/// <summary>Runners over a journal in memory, with a clock that hurries.</summary>
internal sealed class RunnerWorld : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly EndedRotations _ended;

    public RunnerWorld()
    {
        Tables.Time = Time;
        Work = new(Time);
        _services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddProvider(Log)).BuildServiceProvider();
        _ended = new(_services.GetRequiredService<IMeterFactory>());
        Store = new(new TableRecordStore<RotationRecord>(Tables, _services.GetRequiredService<ILogger<TableRecordStore<RotationRecord>>>()));
        Journal = new(Store, Time);
        Runner = Another();
    }

    public HurryingTime Time { get; } = new(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));

    public FakeTables Tables { get; } = new();

    public LogLines Log { get; } = new();

    public FakeWork Work { get; }

    public HookedStore Store { get; }

    public RotationJournal Journal { get; }

    public RotationOptions Options { get; } = new();

    public RotationRunner Runner { get; }

    public IReadOnlyList<string> Ended => _ended.All;

    public IReadOnlyList<string> Stuck => _ended.Stuck;

    /// <summary>What the runner does now for a certificate.</summary>
    public StepUnderWay? StepOf(string certificate) =>
        Runner.StepOf(new() { Id = "any", Certificate = certificate, Reason = "asked", Started = Time.GetUtcNow(), Steps = "[]" });

    /// <summary>A runner as another process, or this one after a new start, has it.</summary>
    public RotationRunner Another() =>
        new(Journal, Work, Options, Ending, Time, _services.GetRequiredService<ILogger<RotationRunner>>());

    public RotationEnding Ending => new(Journal, new(_services.GetRequiredService<IMeterFactory>()), _services.GetRequiredService<ILogger<RotationEnding>>());

    /// <summary>Begins a rotation and runs it as far as it goes.</summary>
    public async Task<RotationOutcome?> RotateAsync(string certificate = "orders")
    {
        var (begun, _) = await Runner.StartAsync(certificate, "asked", Cancellation);
        // Where it was over before anybody asked, the history has what came of it.
        return await Runner.ContinueAsync(certificate) ?? (await Journal.FindAsync(begun.Id, Cancellation) is { Finished: not null } over ? RotationJournal.OutcomeOf(over) : null);
    }

    public Task<IReadOnlyList<RotationRecord>> HistoryAsync() => Journal.ListAsync(Cancellation);

    public Task<KeptRotation?> RunningAsync(string certificate = "orders") => Journal.FindRunningAsync(certificate, Cancellation);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Work.Dispose();
        _ended.Dispose();
        _services.Dispose();
    }
}
