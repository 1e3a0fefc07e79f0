using ControlPlane.Rotations;

namespace ControlPlane.Orchestrations;

/// <summary>
/// A rotation as an orchestration, which does what <see cref="RotationRunner"/> does in a process:
/// 1. Where it stands follows from its journal alone, so that one that died is begun anew and goes on there.
/// 2. The next step of its procedure is done, by activities and timers.
/// 3. What came of it is kept, and it begins again at 1.
/// Deterministic: no clock, no chance and no I/O but the orchestration's.
/// </summary>
public static class OrchestratedRotation
{
    /// <returns>Null: it is over, was overtaken, is not known to this release, or has to be taken up again later.</returns>
    public static async Task<RotationOutcome?> RunAsync(IOrchestration orchestration, RotationOrder order)
    {
        ArgumentNullException.ThrowIfNull(orchestration);
        ArgumentNullException.ThrowIfNull(order);
        if (Procedures.Of(order.Procedure, order.Certificate, order.Id) is not { } procedure)
        {
            orchestration.Tell($"the release that has version {order.Procedure} of its procedure; this one has {Procedures.Current}");
            return null;
        }

        var patience = order.Options.StepPatience;
        if (await orchestration.CallAsync<FinishedStep[]?>(RotationActivities.Read, order, patience) is not { } kept)
        {
            return null;
        }

        var journal = kept.ToList();
        var steps = new PatientSteps(new OrchestrationEngine(orchestration, order.Options), order.Options);
        while (true)
        {
            var point = Replay.To(procedure, journal);
            if (point.Outcome is { } outcome)
            {
                await orchestration.CallAsync<bool>(RotationActivities.Finish, new EndedRotation(order, outcome), patience);
                return outcome;
            }

            if (point.Next is not { } next || await DoAsync(orchestration, order, procedure, steps, journal, next) is not { } finished)
            {
                return null;
            }

            if (!await orchestration.CallAsync<bool>(RotationActivities.Keep, new KeptStep(order, journal.Count, finished), patience))
            {
                return null;
            }

            journal.Add(finished);
        }
    }

    // Null: there is no way back from here, or this is it. It stays as it is, which is safe, and is tried again later.
    private static async Task<FinishedStep?> DoAsync(
        IOrchestration orchestration, RotationOrder order, Func<IRotationSteps, Task<RotationOutcome>> procedure, PatientSteps steps, IReadOnlyList<FinishedStep> journal, NextStep next)
    {
        orchestration.Tell(next.Name);
        try
        {
            return next.Done(await next.RunAsync(steps, CancellationToken.None), orchestration.Now);
        }
        catch (StepFailedException failure)
        {
            var failed = next.Failed(failure.Message, orchestration.Now);
            if (Replay.To(procedure, [.. journal, failed]) is not { Next: null, Outcome: null })
            {
                return failed;
            }

            await orchestration.CallAsync<bool>(RotationActivities.Stuck, new StuckRotation(order, failed), order.Options.StepPatience);
            return null;
        }
    }
}
