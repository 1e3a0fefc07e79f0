using System.Security.Cryptography.X509Certificates;
using ControlPlane.Rotations;
using ControlPlane.Vault;
using Records.Trust;

namespace ControlPlane.Authority;

/// <summary>The key of the mesh's authorities: one vault key, a version for each authority. It never leaves its vault.</summary>
internal sealed class AuthorityKeys(VaultKeys vault)
{
    /// <summary>The key's name.</summary>
    public const string Name = "mesh-authority";

    // As on certificates: says which rotation made a version.
    private const string RotationTag = VaultCertificates.RotationTag;

    /// <summary>The version that was made for this rotation; made now where there is none.</summary>
    public async Task<VaultKey> EnsureAsync(string rotation, CancellationToken cancellation)
    {
        var made = await FindAsync(rotation, cancellation);
        return made.Count > 0
            ? await vault.GetAsync(Name, made[0].Version, cancellation)
            : await vault.CreateAsync(Name, new Dictionary<string, string> { [RotationTag] = rotation }, cancellation: cancellation);
    }

    /// <summary>Makes a certificate that this root's key signs.</summary>
    public async Task<X509Certificate2> SignAsync(TrustRoot root, Func<X509SignatureGenerator, X509Certificate2> make, CancellationToken cancellation) =>
        await VaultSignatureGenerator.SignAsync(vault, await vault.GetAsync(Name, root.KeyVersion, cancellation), make, cancellation);

    /// <summary>Makes a certificate that this key signs.</summary>
    public Task<X509Certificate2> SignAsync(VaultKey key, Func<X509SignatureGenerator, X509Certificate2> make, CancellationToken cancellation) =>
        VaultSignatureGenerator.SignAsync(vault, key, make, cancellation);

    /// <summary>Signs a document for this root: ECDSA in the form of RFC 7518 §3.4.</summary>
    public async Task<byte[]> SignAsync(TrustRoot root, byte[] document, CancellationToken cancellation)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(root.Certificate);
        using var key = certificate.GetECDsaPublicKey() ?? throw new StepFailedException($"Root {root.Id} has no elliptic-curve key.");
        var algorithm = key.KeySize == 384 ? VaultSignAlgorithm.ES384 : VaultSignAlgorithm.ES256;
        return await vault.SignAsync(Name, root.KeyVersion, algorithm, algorithm.Digest(document), cancellation);
    }

    public Task DisableAsync(string version, CancellationToken cancellation) => vault.DisableAsync(Name, version, cancellation);

    /// <summary>Disables what was made for this rotation, which may be several versions where answers were lost.</summary>
    public async Task DiscardAsync(string rotation, CancellationToken cancellation)
    {
        foreach (var made in await FindAsync(rotation, cancellation))
        {
            await DisableAsync(made.Version, cancellation);
        }
    }

    private async Task<IReadOnlyList<VaultKeyVersion>> FindAsync(string rotation, CancellationToken cancellation)
    {
        var versions = await vault.VersionsAsync(Name, cancellation);
        return [.. versions
            .Where(version => version.Enabled && version.Tags.GetValueOrDefault(RotationTag) == rotation)
            .OrderBy(version => version.Created)
            .ThenBy(version => version.Version, StringComparer.Ordinal)];
    }
}
