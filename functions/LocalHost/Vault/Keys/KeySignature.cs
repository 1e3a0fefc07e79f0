using System.Security.Cryptography;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Keys;

/// <summary>Signs a digest as the protocol's algorithms say (RFC 7518 §3: ECDSA signatures are r and s, one after the other).</summary>
internal static class KeySignature
{
    public static byte[] Sign(KeyVersion version, string algorithm, byte[] digest)
    {
        var length = algorithm == "ES384" ? SHA384.HashSizeInBytes : SHA256.HashSizeInBytes;
        if (digest.Length != length)
        {
            throw VaultRefusal.BadParameter($"Invalid length of 'value': {digest.Length} bytes. {algorithm} requires {length} bytes.");
        }

        using var key = version.Shape.Load(version.Pkcs8);
        return (algorithm, key, version.Shape.Curve) switch
        {
            ("ES256", ECDsa ec, "P-256") => ec.SignHash(digest, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            ("ES384", ECDsa ec, "P-384") => ec.SignHash(digest, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            ("RS256", RSA rsa, _) => rsa.SignHash(digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            ("PS256", RSA rsa, _) => rsa.SignHash(digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => throw VaultRefusal.BadParameter($"Key and signing algorithm are incompatible: {version.Shape.Type} {version.Shape.Curve} and {algorithm}."),
        };
    }
}
