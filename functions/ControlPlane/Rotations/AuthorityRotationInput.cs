namespace ControlPlane.Rotations;

/// <summary>Which rotation of the authority this is; there is one authority.</summary>
/// <param name="Id">The rotation's id: the idempotence key of its steps.</param>
public sealed record AuthorityRotationInput(string Id);
