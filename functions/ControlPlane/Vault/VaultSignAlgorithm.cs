using System.Security.Cryptography;

namespace ControlPlane.Vault;

/// <summary>Signature algorithms by the protocol's names (RFC 7518 §3.1).</summary>
public enum VaultSignAlgorithm
{
    ES256,
    ES384,
    RS256,
    PS256,
}

/// <summary>What the algorithms demand.</summary>
internal static class VaultSignAlgorithms
{
    public static HashAlgorithmName Hash(this VaultSignAlgorithm algorithm) =>
        algorithm == VaultSignAlgorithm.ES384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    public static byte[] Digest(this VaultSignAlgorithm algorithm, byte[] content) =>
        algorithm == VaultSignAlgorithm.ES384 ? SHA384.HashData(content) : SHA256.HashData(content);
}
