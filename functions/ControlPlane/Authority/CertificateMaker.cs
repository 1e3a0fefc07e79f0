using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ControlPlane.Rotations;
using ControlPlane.Vault;
using Mesh.Identities;
using Mesh.Trust;
using Records.Trust;

namespace ControlPlane.Authority;

/// <summary>Makes the certificates of authorities and workloads.</summary>
internal sealed class CertificateMaker(AuthorityKeys keys, RotationOptions options, TimeProvider time)
{
    /// <summary>The certificate of a new authority, for the key that was made for this rotation.</summary>
    public async Task<TrustRoot> MakeAuthorityAsync(string trustDomain, string rotation, CancellationToken cancellation)
    {
        var key = await keys.EnsureAsync(rotation, cancellation);
        var now = Seconds(time.GetUtcNow());
        var serial = SerialNumbers.Draw();
        using var made = await keys.SignAsync(
            key,
            generator =>
            {
                var request = AuthorityProfile.Create(trustDomain, generator.PublicKey, key.SignsWith.Hash());
                return request.Create(request.SubjectName, generator, now - options.BackDate, now + options.AuthorityLife, serial);
            },
            cancellation);
        return new() { Certificate = made.RawData, KeyVersion = key.Version.Version };
    }

    /// <summary>A workload's certificate for the key of this request (PKCS #10), signed by that root. DER bytes.</summary>
    public async Task<byte[]> MakeLeafAsync(WorkloadId workload, byte[] request, TrustRoot root, CancellationToken cancellation)
    {
        // Loading checks that the request is signed by its own key. Nothing else of it is taken over.
        var key = CertificateRequest.LoadSigningRequest(request, HashAlgorithmName.SHA256).PublicKey;
        using var authority = X509CertificateLoader.LoadCertificate(root.Certificate);
        var now = Seconds(time.GetUtcNow());
        var serial = SerialNumbers.Draw();
        using var made = await keys.SignAsync(
            root,
            generator => LeafProfile.Create(workload, key, authority, DocumentSignature.HashFor(authority))
                .Create(authority.SubjectName, generator, now - options.BackDate, Earlier(now + options.LeafLife, authority.NotAfter.ToUniversalTime()), serial),
            cancellation);
        return made.RawData;
    }

    /// <summary>What a bundle says of a version; null: none of these roots signed it.</summary>
    public LeafVersion? Describe(string version, byte[] certificate, IEnumerable<TrustRoot> roots)
    {
        using var leaf = X509CertificateLoader.LoadCertificate(certificate);
        return roots.FirstOrDefault(root => IsIssuer(root, leaf)) is { } signer
            ? new()
            {
                Version = version,
                Serial = leaf.SerialNumber,
                Authority = signer.Id,
                Issued = leaf.NotBefore.ToUniversalTime() + options.BackDate,
                Expires = leaf.NotAfter.ToUniversalTime(),
            }
            : null;
    }

    // By name: each authority's holds a part of its key's hash.
    private static bool IsIssuer(TrustRoot root, X509Certificate2 leaf)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(root.Certificate);
        return certificate.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData);
    }

    // Certificates know no fractions of a second.
    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
