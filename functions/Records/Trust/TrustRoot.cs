using System.Security.Cryptography;

namespace Records.Trust;

/// <summary>A certificate authority that the mesh trusts. Its key stays in the vault.</summary>
public sealed record TrustRoot
{
    // Short enough for a person to compare; 80 bits are no target for a second certificate that nobody would trust anyway.
    private const int IdBytes = 10;

    /// <summary>DER bytes of the self-signed certificate.</summary>
    public required byte[] Certificate { get; init; }

    /// <summary>Version of the vault's key that signs for it.</summary>
    public required string KeyVersion { get; init; }

    /// <summary>The authority's name: the beginning of the SHA-256 of its certificate, in hexadecimal.</summary>
    public string Id => IdOf(Certificate);

    public static string IdOf(ReadOnlySpan<byte> certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate).AsSpan(0, IdBytes));
}
