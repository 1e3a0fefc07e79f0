using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>A new authority, which nobody trusts yet.</summary>
/// <param name="New">Its self-signed certificate and the version of the vault's key.</param>
/// <param name="Old">The newest bundle's authority.</param>
public sealed record Prepared(TrustRoot New, TrustRoot Old);
