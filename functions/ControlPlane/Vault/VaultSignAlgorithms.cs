using System.Security.Cryptography;

namespace ControlPlane.Vault;

/// <summary>What the algorithms demand.</summary>
internal static class VaultSignAlgorithms
{
    public static HashAlgorithmName Hash(this VaultSignAlgorithm algorithm) =>
        algorithm == VaultSignAlgorithm.ES384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    public static byte[] Digest(this VaultSignAlgorithm algorithm, byte[] content) =>
        algorithm == VaultSignAlgorithm.ES384 ? SHA384.HashData(content) : SHA256.HashData(content);
}
