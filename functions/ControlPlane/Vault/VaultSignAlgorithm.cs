namespace ControlPlane.Vault;

/// <summary>Signature algorithms by the protocol's names (RFC 7518 §3.1).</summary>
public enum VaultSignAlgorithm
{
    ES256,
    ES384,
    RS256,
    PS256,
}
