using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LocalHost.Vault.Certificates;

/// <summary>A certificate as the secret of its name holds it: with its private key where the policy lets that out.</summary>
internal static class CertificateSecret
{
    public static string Write(IReadOnlyList<byte[]> chain, AsymmetricAlgorithm key, CertificateTerms terms) => terms.ContentType == CertificateTerms.Pem
        ? WritePem(chain, terms.Exportable ? key : null)
        : WritePkcs12(chain, terms.Exportable ? key : null);

    private static string WritePem(IReadOnlyList<byte[]> chain, AsymmetricAlgorithm? key)
    {
        var text = new StringBuilder();
        if (key is not null)
        {
            text.Append(key.ExportPkcs8PrivateKeyPem()).Append('\n');
        }

        foreach (var der in chain)
        {
            text.Append(PemEncoding.WriteString("CERTIFICATE", der)).Append('\n');
        }

        return text.ToString();
    }

    private static string WritePkcs12(IReadOnlyList<byte[]> chain, AsymmetricAlgorithm? key)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.Add(WithKey(chain[0], key));
            certificates.AddRange(chain.Skip(1).Select(X509CertificateLoader.LoadCertificate).ToArray());
            // No password, as the real vault: whoever may read the secret may have the key.
            return Convert.ToBase64String(certificates.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, null));
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }

    private static X509Certificate2 WithKey(byte[] der, AsymmetricAlgorithm? key)
    {
        var certificate = X509CertificateLoader.LoadCertificate(der);
        if (key is null)
        {
            return certificate;
        }

        using (certificate)
        {
            return key is ECDsa ec ? certificate.CopyWithPrivateKey(ec) : certificate.CopyWithPrivateKey((RSA)key);
        }
    }
}
