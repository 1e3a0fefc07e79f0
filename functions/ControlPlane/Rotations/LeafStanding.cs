namespace ControlPlane.Rotations;

/// <summary>How a service stands in the newest bundle.</summary>
/// <param name="Sequence">The bundle's.</param>
/// <param name="Authority">Id of the root that signed what is in use. Null: nothing is in use.</param>
/// <param name="CandidateAuthority">The same of its candidate.</param>
/// <param name="IsRefused">True: what is in use is revoked.</param>
/// <param name="HasVault">False: the control plane is not told of the service any more, and can issue nothing for it.</param>
public sealed record LeafStanding(long Sequence, string? Authority, string? CandidateAuthority, bool IsRefused, bool HasVault);
