namespace ControlPlane.Rotations;

/// <summary>Where a rotation stands: before a step, at its end, or (neither) stopped by a failure that its procedure lets through.</summary>
internal sealed record RotationPoint(NextStep? Next, RotationOutcome? Outcome);
