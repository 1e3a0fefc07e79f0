using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LocalHost.Vault.Keys;
using LocalHost.Vault.Objects;
using LocalHost.Vault.Secrets;

namespace LocalHost.Vault.Certificates;

/// <summary>One version of a certificate.</summary>
internal sealed record CertificateVersion : StoredVersion
{
    /// <summary>DER, leaf first.</summary>
    public required IReadOnlyList<byte[]> Chain { get; init; }

    public required KeyShape Shape { get; init; }

    public required byte[] Pkcs8 { get; init; }

    /// <summary>What the secret of the same name and version holds: made once, because PKCS#12 differs each time it is made.</summary>
    public required string Secret { get; init; }

    public required string ContentType { get; init; }

    public static CertificateVersion Of(string version, IReadOnlyList<byte[]> chain, AsymmetricAlgorithm key, CertificateTerms terms, DateTimeOffset now)
    {
        using var leaf = X509CertificateLoader.LoadCertificate(chain[0]);
        return new()
        {
            Version = version,
            Created = now,
            Updated = now,
            NotBefore = leaf.NotBefore,
            Expires = leaf.NotAfter,
            Chain = chain,
            Shape = KeyShape.Of(key),
            Pkcs8 = key.ExportPkcs8PrivateKey(),
            Secret = CertificateSecret.Write(chain, key, terms),
            ContentType = terms.ContentType,
        };
    }

    public SecretVersion ToSecret() => new()
    {
        Version = Version,
        Created = Created,
        Updated = Updated,
        Enabled = Enabled,
        NotBefore = NotBefore,
        Expires = Expires,
        Tags = Tags,
        Value = Secret,
        ContentType = ContentType,
    };
}
