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
    public Task<X509Certificate2> SignAsync(TrustRoot root, Func<X509SignatureGenerator, X509Certificate2> make, CancellationToken cancellation) => TryAsync(
        root.KeyVersion, async () => await VaultSignatureGenerator.SignAsync(vault, await vault.GetAsync(Name, root.KeyVersion, cancellation), make, cancellation), cancellation);

    /// <summary>Makes a certificate that this key signs.</summary>
    public Task<X509Certificate2> SignAsync(VaultKey key, Func<X509SignatureGenerator, X509Certificate2> make, CancellationToken cancellation) =>
        VaultSignatureGenerator.SignAsync(vault, key, make, cancellation);

    /// <summary>Signs a document for this root: ECDSA in the form of RFC 7518 §3.4.</summary>
    public async Task<byte[]> SignAsync(TrustRoot root, byte[] document, CancellationToken cancellation)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(root.Certificate);
        using var key = certificate.GetECDsaPublicKey() ?? throw new StepFailedException($"Root {root.Id} has no elliptic-curve key.");
        var algorithm = key.KeySize == 384 ? VaultSignAlgorithm.ES384 : VaultSignAlgorithm.ES256;
        return await TryAsync(root.KeyVersion, () => vault.SignAsync(Name, root.KeyVersion, algorithm, algorithm.Digest(document), cancellation), cancellation);
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

    // Nothing of the mesh can change without this key: what is the matter with it has to be said by name.
    private async Task<T> TryAsync<T>(string version, Func<Task<T>> sign, CancellationToken cancellation)
    {
        try
        {
            return await sign();
        }
        catch (VaultRefusedException refused) when (refused.Status is 403 or 404)
        {
            var known = (await vault.VersionsAsync(Name, cancellation)).FirstOrDefault(key => key.Version == version);
            if (known is { Enabled: true })
            {
                throw;
            }

            throw new VaultAwayException(
                known is null ? $"The key version {version} of the authority is not in the vault {refused.Host}: recover the key {Name} there."
                : $"The key version {version} of the authority is disabled: enable it in the vault {refused.Host}, key {Name}.",
                refused);
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
