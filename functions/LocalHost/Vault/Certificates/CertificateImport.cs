using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LocalHost.Vault.Keys;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Certificates;

/// <summary>A certificate that was made elsewhere, with its private key: PKCS#12 or PEM.</summary>
internal sealed record CertificateImport(IReadOnlyList<byte[]> Chain, KeyShape Shape, byte[] Pkcs8)
{
    public static CertificateImport Read(string text, string? password)
    {
        try
        {
            return text.Contains("-----BEGIN", StringComparison.Ordinal) ? ReadPem(text) : ReadPkcs12(Convert.FromBase64String(text), password);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            throw VaultRefusal.BadParameter($"The specified X.509 certificate content cannot be read: {e.Message}");
        }
    }

    private static CertificateImport ReadPem(string text)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(text);
        if (certificates.Count == 0)
        {
            throw new CryptographicException("there is no certificate.");
        }

        using var leafKey = certificates[0].GetECDsaPublicKey();
        using AsymmetricAlgorithm key = leafKey is not null ? ECDsa.Create() : RSA.Create();
        key.ImportFromPem(text);
        return Of(certificates, certificates[0], key);
    }

    private static CertificateImport ReadPkcs12(byte[] bytes, string? password)
    {
        var certificates = X509CertificateLoader.LoadPkcs12Collection(bytes, password, X509KeyStorageFlags.Exportable);
        var leaf = certificates.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw new CryptographicException("there is no private key.");
        using var key = (AsymmetricAlgorithm?)leaf.GetECDsaPrivateKey() ?? leaf.GetRSAPrivateKey() ?? throw new CryptographicException("the key is neither EC nor RSA.");
        return Of(certificates, leaf, key);
    }

    private static CertificateImport Of(X509Certificate2Collection certificates, X509Certificate2 leaf, AsymmetricAlgorithm key)
    {
        if (!key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(leaf.PublicKey.ExportSubjectPublicKeyInfo()))
        {
            throw new CryptographicException("the private key is not the certificate's.");
        }

        byte[][] chain = [leaf.RawData, .. certificates.Where(certificate => certificate != leaf).Select(certificate => certificate.RawData)];
        return new(chain, KeyShape.Of(key), key.ExportPkcs8PrivateKey());
    }
}
