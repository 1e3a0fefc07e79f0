namespace ControlPlane.Certificates;

/// <summary>Rotations with their steps, the newest first.</summary>
internal sealed record RotationList(IReadOnlyList<RotationState> Rotations);
