using ControlPlane.Rotations;
using Microsoft.Extensions.Logging;

namespace ControlPlane.Orchestrations;

/// <summary>
/// What the activities of orchestrated rotations do. Their inputs and results are in the engine's history: names, versions and public certificates, never a key.
/// What may pass is thrown as a <see cref="StepAgainException"/>, to be tried again.
/// </summary>
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
    public Task<StepAnswer<T>> PerformAsync<T>(IStepCall<T> call, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        return TryAsync(call.GetType().Name, () => AnswerAsync(() => call.PerformAsync(_work, cancellation)), cancellation);
    }

    /// <summary>Takes a look. What cannot be seen now is not there yet.</summary>
    public Task<StepAnswer<Look>> LookAsync(IStepCall<Look> look, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(look);
        return AnswerAsync(() => StepFaults.LookAsync(() => look.PerformAsync(_work, cancellation), cancellation));
    }

    /// <summary>The steps that a rotation has behind it. Null: it is over.</summary>
    public Task<FinishedStep[]?> ReadAsync(RotationOrder order, CancellationToken cancellation) =>
        WithAsync(Read, order, rotation => Task.FromResult<FinishedStep[]?>([.. rotation.Steps]), null, cancellation);

    /// <summary>Keeps a step. False: another orchestration, or the end, was quicker.</summary>
    public Task<bool> KeepAsync(KeptStep kept, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return WithAsync(Keep, kept.Order, rotation => KeepAsync(rotation, kept, cancellation), otherwise: false, cancellation);
    }

    /// <summary>Puts a rotation into the history. One that is there already is done.</summary>
    public Task<bool> FinishAsync(EndedRotation ended, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return WithAsync(
            Finish,
            ended.Order,
            async rotation =>
            {
                await _ending.FinishAsync(rotation, ended.Outcome, cancellation);
                return true;
            },
            otherwise: true,
            cancellation);
    }

    /// <summary>Says that a rotation cannot go on now.</summary>
    public Task<bool> StuckAsync(StuckRotation stuck, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stuck);
        return WithAsync(
            Stuck,
            stuck.Order,
            rotation =>
            {
                _ending.Stuck(rotation.Record, stuck.Failed, null);
                return Task.FromResult(true);
            },
            otherwise: true,
            cancellation);
    }

    // True also where it was kept before, and only the answer was lost.
    private async Task<bool> KeepAsync(KeptRotation rotation, KeptStep kept, CancellationToken cancellation) =>
        rotation.Steps.Count == kept.Before
            ? await _journal.TryKeepAsync(rotation, kept.Step, cancellation)
            : rotation.Steps.Count == kept.Before + 1 && rotation.Steps[kept.Before] == kept.Step;

    /// <param name="otherwise">Where the rotation is over: an earlier or later one of this certificate is none of ours.</param>
    private Task<T> WithAsync<T>(string activity, RotationOrder order, Func<KeptRotation, Task<T>> act, T otherwise, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        return TryAsync(
            activity,
            async () => await _journal.FindRunningAsync(order.Certificate, cancellation) is { } rotation && rotation.Record.Id == order.Id ? await act(rotation) : otherwise,
            cancellation);
    }

    private static async Task<StepAnswer<T>> AnswerAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return new(await call(), null);
        }
        catch (StepFailedException failure)
        {
            return new(default, failure.Message);
        }
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

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Activity {Activity} of a rotation failed and is tried again.")]
        public static partial void Again(ILogger logger, Exception cause, string activity);
    }
}
