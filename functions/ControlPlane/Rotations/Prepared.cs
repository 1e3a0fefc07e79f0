using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>A new authority, which nobody trusts yet.</summary>
/// <param name="New">Its self-signed certificate and the version of the vault's key.</param>
/// <param name="Old">Id of the newest bundle's authority.</param>
/// <param name="OldKeyVersion">Version of that one's key.</param>
public sealed record Prepared(TrustRoot New, string Old, string OldKeyVersion);
