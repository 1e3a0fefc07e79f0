using ControlPlane.Rotations;

namespace ControlPlane.Orchestrations;

/// <summary>A rotation that is to go into the history.</summary>
/// <param name="Order">Which.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record EndedRotation(RotationOrder Order, RotationOutcome Outcome);
