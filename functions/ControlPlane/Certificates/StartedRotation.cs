namespace ControlPlane.Certificates;

/// <summary>The rotation that an operator's wish led to.</summary>
/// <param name="Rotation">Without its steps.</param>
/// <param name="IsNew">False: it was under way already.</param>
internal sealed record StartedRotation(RotationState Rotation, bool IsNew);
