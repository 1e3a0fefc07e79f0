using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure;
using Azure.Security.KeyVault.Certificates;

namespace ControlPlane.Vault;

/// <summary>What the issuance of a leaf needs of the vault of its workload. Every step may be repeated: it finds what an earlier attempt has done.</summary>
public sealed class VaultCertificates(CertificateClient client)
{
    /// <summary>Says which rotation made a version.</summary>
    public const string RotationTag = "rotation";

    // Ours says how long a leaf lives; the vault wants whole months, and nothing comes of it.
    private const int PolicyMonths = 1;

    private static readonly string[] Usages = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];

    /// <summary>All versions that have a certificate, in no order; none where there is no such name.</summary>
    public async Task<IReadOnlyList<VaultCertificateVersion>> VersionsAsync(string name, CancellationToken cancellation)
    {
        var versions = await VaultFailures.ListAsync(client.VaultUri, client.GetPropertiesOfCertificateVersionsAsync(name, cancellation), cancellation);
        return [.. versions.Where(version => version.X509Thumbprint is { Length: > 0 }).Select(Read)];
    }

    /// <summary>The version that a rotation has merged; null: none yet.</summary>
    public async Task<VaultCertificateVersion?> FindAsync(string name, string rotation, CancellationToken cancellation)
    {
        var versions = await VersionsAsync(name, cancellation);
        return versions
            .Where(version => version.Tags.GetValueOrDefault(RotationTag) == rotation)
            .OrderBy(version => version.Created)
            .ThenBy(version => version.Version, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>The DER certificate of a version.</summary>
    public Task<byte[]> CertificateAsync(string name, string version, CancellationToken cancellation) => VaultFailures.TryAsync(
        client.VaultUri, async () => (await client.GetCertificateVersionAsync(name, version, cancellation)).Value.Cer, cancellation);

    /// <summary>
    /// The request (PKCS#10) of the pending operation, for a new P-256 key that the vault keeps for the workload; the operation is begun where there is none.
    /// Look for the rotation's version first: once that is merged this would begin another. A name has one operation at a time, so that one
    /// which an abandoned rotation has left is carried on with: its key was never used.
    /// </summary>
    public async Task<byte[]> EnsurePendingAsync(string name, string subject, string rotation, CancellationToken cancellation)
    {
        if (await PendingAsync(name, cancellation) is { } earlier)
        {
            if (IsAsWanted(earlier))
            {
                return earlier;
            }

            await VaultFailures.TryAsync(client.VaultUri, () => DropPendingAsync(name, cancellation), cancellation);
        }

        try
        {
            var begun = await client.StartCreateCertificateAsync(name, PolicyOf(subject), enabled: true, new Dictionary<string, string> { [RotationTag] = rotation }, cancellation);
            return begun.Properties.Csr;
        }
        catch (Exception failure) when (IsUnclear(failure, cancellation))
        {
            return await PendingAsync(name, cancellation) ?? throw Told(failure, cancellation);
        }
    }

    /// <summary>Ends the pending operation with the certificate that was made of its request. That it ended so before is a success; the answer is the version that counts.</summary>
    /// <param name="name">The certificate.</param>
    /// <param name="rotation">The rotation that this is a step of.</param>
    /// <param name="chain">DER, the leaf first.</param>
    /// <param name="tags">Further tags of the version.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<VaultCertificateVersion> MergeAsync(
        string name, string rotation, IReadOnlyList<byte[]> chain, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation)
    {
        if (await FindAsync(name, rotation, cancellation) is { } merged)
        {
            return merged;
        }

        try
        {
            return Read((await client.MergeCertificateAsync(OptionsOf(name, rotation, chain, tags), cancellation)).Value.Properties);
        }
        catch (Exception failure) when (IsUnclear(failure, cancellation))
        {
            return await FindAsync(name, rotation, cancellation) ?? throw Told(failure, cancellation);
        }
    }

    /// <summary>Retires a version: its secret is given out no more.</summary>
    public Task DisableAsync(string name, string version, CancellationToken cancellation)
    {
        var properties = new CertificateProperties(new Uri(client.VaultUri, $"certificates/{name}/{version}")) { Enabled = false };
        return VaultFailures.TryAsync(client.VaultUri, () => client.UpdateCertificatePropertiesAsync(properties, cancellation), cancellation);
    }

    /// <summary>Gives up the pending operation that this rotation has begun. None: done.</summary>
    public async Task DropPendingAsync(string name, string rotation, CancellationToken cancellation)
    {
        if (await PendingAsync(name, cancellation) is not null && await FindAsync(name, rotation, cancellation) is null)
        {
            await VaultFailures.TryAsync(client.VaultUri, () => DropPendingAsync(name, cancellation), cancellation);
        }
    }

    private async Task<byte[]?> PendingAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var operation = await VaultFailures.TryAsync(client.VaultUri, () => client.GetCertificateOperationAsync(name, cancellation), cancellation);
            return operation.Properties is { Status: "inProgress", CancellationRequested: false } pending ? pending.Csr : null;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private async Task<bool> DropPendingAsync(string name, CancellationToken cancellation)
    {
        await (await client.GetCertificateOperationAsync(name, cancellation)).DeleteAsync(cancellation);
        return true;
    }

    private static bool IsAsWanted(byte[] csr)
    {
        using var key = CertificateRequest.LoadSigningRequest(csr, HashAlgorithmName.SHA256).PublicKey.GetECDsaPublicKey();
        return key is { KeySize: 256 };
    }

    private static CertificatePolicy PolicyOf(string subject)
    {
        var policy = new CertificatePolicy("Unknown", subject)
        {
            KeyType = CertificateKeyType.Ec,
            KeyCurveName = CertificateKeyCurveName.P256,
            Exportable = true,
            ReuseKey = false,
            ContentType = CertificateContentType.Pkcs12,
            ValidityInMonths = PolicyMonths,
        };
        foreach (var usage in Usages)
        {
            policy.EnhancedKeyUsage.Add(usage);
        }

        return policy;
    }

    private static MergeCertificateOptions OptionsOf(string name, string rotation, IReadOnlyList<byte[]> chain, IReadOnlyDictionary<string, string> tags)
    {
        var options = new MergeCertificateOptions(name, chain);
        foreach (var (tag, value) in tags)
        {
            options.Tags[tag] = value;
        }

        options.Tags[RotationTag] = rotation;
        return options;
    }

    // The client's own retries make a refusal such an answer too: the first attempt may have been carried out, and the second refused for it.
    private static bool IsUnclear(Exception failure, CancellationToken cancellation) => failure is RequestFailedException || VaultFailures.IsAway(failure, cancellation);

    private Exception Told(Exception failure, CancellationToken cancellation) => VaultFailures.Told(client.VaultUri, failure, cancellation);

    private static VaultCertificateVersion Read(CertificateProperties properties) => new()
    {
        Name = properties.Name,
        Version = properties.Version,
        Enabled = properties.Enabled ?? true,
        Created = properties.CreatedOn ?? DateTimeOffset.UnixEpoch,
        Tags = new Dictionary<string, string>(properties.Tags),
        Thumbprint = Convert.ToHexString(properties.X509Thumbprint),
    };
}
