using System.Security.Cryptography;

namespace ControlPlane.Vault;

/// <summary>One version of a key whose private half stays in its vault.</summary>
public sealed record VaultKey
{
    public required VaultKeyVersion Version { get; init; }

    /// <summary>Set for keys on a curve.</summary>
    public ECParameters? Ec { get; init; }

    /// <summary>Set for RSA keys.</summary>
    public RSAParameters? Rsa { get; init; }

    /// <summary>The algorithm that certificates are signed with by this key.</summary>
    public VaultSignAlgorithm SignsWith => Ec switch
    {
        null => VaultSignAlgorithm.RS256,
        { Q.X.Length: > 32 } => VaultSignAlgorithm.ES384,
        _ => VaultSignAlgorithm.ES256,
    };
}
