namespace ControlPlane.Rotations;

/// <summary>The step that a rotation has to do next.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="RunAsync">Does it, and gives the result as JSON.</param>
internal sealed record NextStep(string Name, string Subject, Func<IRotationSteps, CancellationToken, Task<string>> RunAsync)
{
    public FinishedStep Done(string result, DateTimeOffset at) => new(Name, Subject, result, null, at);

    public FinishedStep Failed(string reason, DateTimeOffset at) => new(Name, Subject, null, reason, at);
}
