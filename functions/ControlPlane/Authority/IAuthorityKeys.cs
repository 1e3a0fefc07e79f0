using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ControlPlane.Authority;

/// <summary>The key of the mesh's authorities, version by version. It never leaves its vault.</summary>
internal interface IAuthorityKeys
{
    /// <summary>The version that was made for this rotation; made now where there is none.</summary>
    Task<AuthorityKey> EnsureAsync(string rotation, CancellationToken cancellation);

    /// <summary>Signs a document: ECDSA in the form of RFC 7518 §3.4.</summary>
    Task<byte[]> SignAsync(string version, HashAlgorithmName hash, ReadOnlyMemory<byte> document, CancellationToken cancellation);

    /// <summary>A version that is disabled, or not there, is done.</summary>
    Task DisableAsync(string version, CancellationToken cancellation);

    /// <summary>Disables the version that was made for this rotation, if there is one.</summary>
    Task DiscardAsync(string rotation, CancellationToken cancellation);
}

/// <summary>A version of the key.</summary>
/// <param name="Version">As the vault names it.</param>
/// <param name="Public">Its public half.</param>
internal sealed record AuthorityKey(string Version, PublicKey Public);
