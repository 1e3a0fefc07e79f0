namespace ControlPlane.Rotations;

/// <summary>A change is in the trust bundle.</summary>
/// <param name="Sequence">Of a bundle that has it: of the one that brought it, or of the newest where it was there already.</param>
public sealed record Published(long Sequence);
