using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ControlPlane.Authority;

/// <summary>What the certificate of an authority of the mesh says (RFC 5280 §4.2.1, X.509-SVID §4): it signs leaves itself, and nothing below it signs.</summary>
internal static class AuthorityProfile
{
    public static CertificateRequest Create(string trustDomain, PublicKey key, HashAlgorithmName hash)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName($"{trustDomain} mesh authority");
        // Two authorities whose keys differ must differ in name as well: a chain is built by names.
        name.AddOrganizationalUnitName(Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8)));

        var request = new CertificateRequest(name.Build(), key, hash);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key, X509SubjectKeyIdentifierHashAlgorithm.Sha256, critical: false));
        return request;
    }
}
