namespace ControlPlane.Rotations;

/// <summary>A step that a rotation has behind it, with what came of it: one of result and failure.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="Subject">What it was about; for the history, and to see that a journal fits its procedure.</param>
/// <param name="Result">The result as JSON.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="At">When it was kept.</param>
public sealed record FinishedStep(string Name, string Subject, string? Result, string? Failure, DateTimeOffset At);
