namespace ControlPlane.Rotations;

/// <summary>Tells from the finished steps alone where a rotation stands: its procedure runs anew over what they gave, up to the first that is not among them.</summary>
internal static class Replay
{
    /// <param name="procedure">A deterministic procedure, which awaits nothing but steps, one after the other.</param>
    /// <param name="journal">The finished steps, in order.</param>
    /// <exception cref="InvalidOperationException">The journal is of another procedure, or of another version of it.</exception>
    public static RotationPoint To(Func<IRotationSteps, Task<RotationOutcome>> procedure, IReadOnlyList<FinishedStep> journal)
    {
        var steps = new ReplayedSteps(journal);
        var run = procedure(steps);
        if (steps.Next is { } next)
        {
            return new(next, null);
        }

        return run.IsFaulted && run.Exception.InnerException is StepFailedException ? new(null, null) : new(null, run.GetAwaiter().GetResult());
    }
}
