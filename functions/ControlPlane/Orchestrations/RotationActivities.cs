using ControlPlane.Rotations;
using Microsoft.Extensions.Logging;

namespace ControlPlane.Orchestrations;

/// <summary>What the activities of orchestrated rotations do. Their inputs and results are in the engine's history: names, versions and public certificates, never a key.</summary>
public sealed partial class RotationActivities
{
    /// <summary>Names of the activities beside those of <see cref="StepCalls"/>, which have the names of their calls.</summary>
    public const string Read = "ReadJournal", Keep = "KeepStep", Finish = "FinishRotation", Begin = "BeginLeaf", GoOn = "GoOnWithLeaf", Stuck = "SayThatRotationIsStuck";

    private readonly IRotationWork _work;
    private readonly RotationJournal _journal;
    private readonly RotationEnding _ending;
    private readonly ILogger _logger;

    internal RotationActivities(IRotationWork work, RotationJournal journal, RotationEnding ending, ILogger<RotationActivities> logger) =>
        (_work, _journal, _ending, _logger) = (work, journal, ending, logger);

    /// <summary>Makes a call once.</summary>
    /// <exception cref="StepAgainException">What may pass; to be tried again.</exception>
    public async Task<StepAnswer<T>> PerformAsync<T>(IStepCall<T> call, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            return new(await call.PerformAsync(_work, cancellation), null);
        }
        catch (StepFailedException failure)
        {
            return new(default, failure.Message);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Log.Again(_logger, failure, call.GetType().Name);
            throw new StepAgainException(StepFaults.ReasonOf(failure));
        }
    }

    /// <summary>Takes a look. What cannot be seen now is not there yet.</summary>
    public async Task<StepAnswer<Look>> LookAsync(IStepCall<Look> look, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(look);
        try
        {
            return new(await StepFaults.LookAsync(() => look.PerformAsync(_work, cancellation), cancellation), null);
        }
        catch (StepFailedException failure)
        {
            return new(null, failure.Message);
        }
    }

    /// <summary>The steps that a rotation has behind it. Null: it is over.</summary>
    public Task<FinishedStep[]?> ReadAsync(RotationOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        return TryAsync(Read, async () => await FindAsync(order, cancellation) is { } rotation ? (FinishedStep[]?)[.. rotation.Steps] : null, cancellation);
    }

    /// <summary>Keeps a step. False: another orchestration, or the end, was quicker.</summary>
    public Task<bool> KeepAsync(KeptStep kept, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return TryAsync(Keep, () => KeepOnceAsync(kept, cancellation), cancellation);
    }

    private async Task<bool> KeepOnceAsync(KeptStep kept, CancellationToken cancellation)
    {
        if (await FindAsync(kept.Order, cancellation) is not { } rotation)
        {
            return false;
        }

        // Done before, and only the answer was lost.
        if (rotation.Steps.Count > kept.Before)
        {
            return rotation.Steps.Count == kept.Before + 1 && rotation.Steps[kept.Before] == kept.Step;
        }

        return rotation.Steps.Count == kept.Before && await _journal.TryKeepAsync(rotation, kept.Step, cancellation);
    }

    /// <summary>Puts a rotation into the history. One that is there already is done.</summary>
    public Task<bool> FinishAsync(EndedRotation ended, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return TryAsync(
            Finish,
            async () =>
            {
                if (await FindAsync(ended.Order, cancellation) is { } rotation)
                {
                    await _ending.FinishAsync(rotation, ended.Outcome, cancellation);
                }

                return true;
            },
            cancellation);
    }

    /// <summary>Says that a rotation cannot go on now.</summary>
    public async Task<bool> StuckAsync(StuckRotation stuck, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stuck);
        if (await FindAsync(stuck.Order, cancellation) is { Record: var rotation })
        {
            _ending.Stuck(rotation, stuck.Failed, null);
        }

        return true;
    }

    // What an engine keeps of a failure is no more than may be kept.
    private async Task<T> TryAsync<T>(string activity, Func<Task<T>> action, CancellationToken cancellation)
    {
        try
        {
            return await action();
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Log.Again(_logger, failure, activity);
            throw new StepAgainException(StepFaults.ReasonOf(failure));
        }
    }

    // An earlier rotation of this certificate is none of ours.
    private async Task<KeptRotation?> FindAsync(RotationOrder order, CancellationToken cancellation) =>
        await _journal.FindRunningAsync(order.Certificate, cancellation) is { } rotation && rotation.Record.Id == order.Id ? rotation : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Step {Step} of a rotation failed and is tried again.")]
        public static partial void Again(ILogger logger, Exception cause, string step);
    }
}
