using ControlPlane.Rotations;

namespace ControlPlane.Orchestrations;

/// <summary>A step that is to be kept in the journal.</summary>
/// <param name="Order">Of which rotation.</param>
/// <param name="Before">How many steps were kept before it.</param>
/// <param name="Step">The step.</param>
public sealed record KeptStep(RotationOrder Order, int Before, FinishedStep Step);
