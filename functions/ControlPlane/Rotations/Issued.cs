using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>A new version of a certificate.</summary>
/// <param name="New">What was merged.</param>
/// <param name="Old">What the newest bundle has in use for the service. Null: nothing yet.</param>
public sealed record Issued(LeafVersion New, LeafVersion? Old);
