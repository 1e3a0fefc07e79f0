using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>A version was taken back, as far as it could be.</summary>
/// <param name="Sequence">As of <see cref="Published"/>.</param>
/// <param name="InUse">What that bundle has in use: the version itself where the one before is revoked, expired or signed by a root that is gone.</param>
public sealed record Withdrawn(long Sequence, LeafVersion? InUse);
