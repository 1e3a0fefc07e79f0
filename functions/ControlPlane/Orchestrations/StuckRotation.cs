using ControlPlane.Rotations;

namespace ControlPlane.Orchestrations;

/// <summary>A rotation that cannot go on now.</summary>
/// <param name="Order">Which.</param>
/// <param name="Failed">The step that failed, which is not kept: it is tried again.</param>
public sealed record StuckRotation(RotationOrder Order, FinishedStep Failed);
