using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>
/// Runs rotations in this process.
/// 1. Where a rotation stands follows from its journal alone.
/// 2. Its next step is done, and tried again while what it needs is away.
/// 3. What came of it is kept, and it begins again at 1: after a crash too, in whatever process.
/// </summary>
internal sealed partial class RotationRunner(RotationJournal journal, IRotationWork work, RotationOptions options, RotationEnding ending, TimeProvider time, ILogger<RotationRunner> logger)
    : IRotationEngine, IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<RotationOutcome?>>> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StepUnderWay> _steps = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();

    public RotationJournal Journal => journal;

    public IRotationWork Work => work;

    public RotationOptions Options => options;

    public TimeProvider Time => time;

    public StepUnderWay? StepOf(RotationRecord running) => _steps.GetValueOrDefault(running.Certificate);

    public void GoOn(string certificate) => _ = ContinueAsync(certificate);

    public async Task<(RotationRecord Record, bool IsNew)> StartAsync(string certificate, string reason, CancellationToken cancellation)
    {
        var begun = await journal.BeginAsync(certificate, reason, cancellation);
        if (begun.IsNew)
        {
            Log.Started(logger, begun.Record.Id, certificate, reason);
        }

        _ = begun.IsNew && _running.TryGetValue(certificate, out var earlier) ? ContinueAfterAsync(earlier.Value, certificate) : ContinueAsync(certificate);
        return begun;
    }

    /// <summary>Goes on with the rotation of this certificate until it is over. Null: there is none, it was overtaken, or it has to be tried again later.</summary>
    public Task<RotationOutcome?> ContinueAsync(string certificate) =>
        _running.GetOrAdd(certificate, _ => new(() => Task.Run(() => RunAsync(certificate, _stop.Token)))).Value;

    /// <summary>What is under way stops before its next step and goes on at the next start.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running.Values.Select(run => run.Value));
    }

    public void Dispose() => _stop.Dispose();

    // A run that is about to end has not seen what begins now.
    private async Task ContinueAfterAsync(Task earlier, string certificate)
    {
        await earlier;
        await ContinueAsync(certificate);
    }

    private async Task<RotationOutcome?> RunAsync(string certificate, CancellationToken stop)
    {
        try
        {
            while (await journal.FindRunningAsync(certificate, stop) is { } rotation)
            {
                if (Procedures.Of(rotation.Record.Procedure, certificate, rotation.Record.Id) is not { } procedure)
                {
                    Log.OtherVersion(logger, rotation.Record.Id, rotation.Record.Procedure, Procedures.Current);
                    return null;
                }

                var point = Replay.To(procedure, rotation.Steps);
                if (point.Outcome is { } outcome)
                {
                    await ending.FinishAsync(rotation, outcome, stop);
                    return outcome;
                }

                if (point.Next is not { } next || !await StepAsync(rotation, procedure, next, stop))
                {
                    return null;
                }
            }

            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception surprise)
        {
            Log.Broken(logger, surprise, certificate);
            return null;
        }
        finally
        {
            _steps.TryRemove(certificate, out _);
            _running.TryRemove(certificate, out _);
        }
    }

    // False: it cannot go on now.
    private async Task<bool> StepAsync(KeptRotation rotation, Func<IRotationSteps, Task<RotationOutcome>> procedure, NextStep next, CancellationToken stop)
    {
        var (id, certificate) = (rotation.Record.Id, rotation.Record.Certificate);
        _steps[certificate] = new(next.Name, time.GetUtcNow(), null);
        var finished = await FinishAsync(rotation, procedure, next, stop);
        if (finished is null)
        {
            return false;
        }

        if (!await journal.TryKeepAsync(rotation, finished, stop))
        {
            Log.Overtaken(logger, id, next.Name);
            return false;
        }

        return true;
    }

    private async Task<FinishedStep?> FinishAsync(KeptRotation rotation, Func<IRotationSteps, Task<RotationOutcome>> procedure, NextStep next, CancellationToken stop)
    {
        try
        {
            var engine = new RunnerEngine(this, detail => _steps[rotation.Record.Certificate] = _steps[rotation.Record.Certificate] with { Detail = detail });
            return next.Done(await next.RunAsync(new PatientSteps(engine, options), stop), time.GetUtcNow());
        }
        catch (StepFailedException failure)
        {
            var failed = next.Failed(failure.Message, time.GetUtcNow());
            if (Replay.To(procedure, [.. rotation.Steps, failed]) is { Next: null, Outcome: null })
            {
                ending.Stuck(rotation.Record, failed, failure.InnerException);
                return null;
            }

            Log.Failed(logger, failure.InnerException, rotation.Record.Id, next.Name, failure.Message);
            return failed;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Rotation {Id} of {Certificate} starts: {Reason}.")]
        public static partial void Started(ILogger logger, string id, string certificate, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Step {Step} of rotation {Id} failed, and it goes back: {Reason}")]
        public static partial void Failed(ILogger logger, Exception? cause, string id, string step, string reason);

        [LoggerMessage(4, LogLevel.Information, "Rotation {Id} was overtaken by another runner at {Step}.")]
        public static partial void Overtaken(ILogger logger, string id, string step);

        [LoggerMessage(5, LogLevel.Error, "The rotation of {Certificate} stopped; it is taken up again.")]
        public static partial void Broken(ILogger logger, Exception exception, string certificate);

        [LoggerMessage(6, LogLevel.Error, "Rotation {Id} follows version {Version} of its procedure, and this control plane has {Current}: it stays as it is, which is safe, until the release that began it has run to its end.")]
        public static partial void OtherVersion(ILogger logger, string id, int version, int current);
    }
}

/// <summary>What a rotation does now.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="Since">When it began.</param>
/// <param name="Detail">Whom or what it waits for. Null: nothing to say.</param>
internal sealed record StepUnderWay(string Name, DateTimeOffset Since, string? Detail);
