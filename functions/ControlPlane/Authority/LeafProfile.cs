using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mesh.Identities;

namespace ControlPlane.Authority;

/// <summary>What the certificate of a workload says: an X.509-SVID (§3, §4) with one URI, no authority, for both ends of TLS.</summary>
internal static class LeafProfile
{
    private static readonly OidCollection Ends = [new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")];

    /// <param name="workload">Whom it names.</param>
    /// <param name="key">The workload's public key; nothing else of its own request is taken over.</param>
    /// <param name="authority">Who signs.</param>
    /// <param name="hash">What the authority's key signs.</param>
    public static CertificateRequest Create(WorkloadId workload, PublicKey key, X509Certificate2 authority, HashAlgorithmName hash)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(workload.Service);
        var uri = new SubjectAlternativeNameBuilder();
        uri.AddUri(new(workload.ToString()));

        var request = new CertificateRequest(name.Build(), key, hash);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(Ends, critical: false));
        request.CertificateExtensions.Add(uri.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key, X509SubjectKeyIdentifierHashAlgorithm.Sha256, critical: false));
        return request;
    }
}
