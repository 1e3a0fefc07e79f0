using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Certificates;

/// <summary>A certificate to be: the request that a CA signs, or a certificate that signs itself.</summary>
internal static class CertificateDraft
{
    // A certificate that begins this instant is refused by whoever's clock is behind.
    private static readonly TimeSpan BackDated = TimeSpan.FromMinutes(10);

    public static CertificateRequest Of(CertificateTerms terms, AsymmetricAlgorithm key)
    {
        var request = key switch
        {
            ECDsa ec => new CertificateRequest(NameOf(terms), ec, ec.KeySize == 384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256),
            _ => new CertificateRequest(NameOf(terms), (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(UsagesOf(terms), critical: true));
        if (terms.ExtendedUsages.Count > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. terms.ExtendedUsages.Select(oid => new Oid(oid))], critical: false));
        }

        if (terms.DnsNames.Count > 0 || terms.Uris.Count > 0)
        {
            request.CertificateExtensions.Add(NamesOf(terms));
        }

        return request;
    }

    public static byte[] SelfSigned(CertificateTerms terms, AsymmetricAlgorithm key, DateTimeOffset now)
    {
        using var certificate = Of(terms, key).CreateSelfSigned(now - BackDated, now.AddMonths(terms.ValidityMonths));
        return certificate.RawData;
    }

    private static X500DistinguishedName NameOf(CertificateTerms terms)
    {
        try
        {
            return new(terms.Subject);
        }
        catch (CryptographicException)
        {
            throw VaultRefusal.BadParameter($"Property subject is not a distinguished name: {terms.Subject}");
        }
    }

    private static X509KeyUsageFlags UsagesOf(CertificateTerms terms) => terms.Usages.Count == 0
        ? X509KeyUsageFlags.DigitalSignature
        : terms.Usages.Aggregate(X509KeyUsageFlags.None, (all, usage) => all | (Enum.TryParse<X509KeyUsageFlags>(usage, ignoreCase: true, out var flag)
            ? flag
            : throw VaultRefusal.BadParameter($"Property key_usage has invalid value: {usage}")));

    private static X509Extension NamesOf(CertificateTerms terms)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in terms.DnsNames)
        {
            names.AddDnsName(name);
        }

        foreach (var uri in terms.Uris)
        {
            names.AddUri(new(uri));
        }

        return names.Build();
    }
}
