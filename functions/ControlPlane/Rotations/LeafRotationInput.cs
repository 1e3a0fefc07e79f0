namespace ControlPlane.Rotations;

/// <summary>Which leaf is rotated.</summary>
/// <param name="Id">The rotation's id: the idempotence key of its steps.</param>
/// <param name="Service">The service whose certificate it is.</param>
public sealed record LeafRotationInput(string Id, string Service);
