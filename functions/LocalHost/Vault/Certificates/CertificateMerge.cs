using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Certificates;

/// <summary>What a CA made of the request of a pending operation.</summary>
internal static class CertificateMerge
{
    /// <summary>DER, leaf first; refused where the leaf is not for the pending key.</summary>
    public static IReadOnlyList<byte[]> Read(IReadOnlyList<string> x5c, AsymmetricAlgorithm pending)
    {
        if (x5c.Count == 0)
        {
            throw VaultRefusal.BadParameter("Property x5c must have a certificate.");
        }

        try
        {
            byte[][] chain = [.. x5c.Select(text => DerOf(Convert.FromBase64String(text)))];
            using var leaf = X509CertificateLoader.LoadCertificate(chain[0]);
            return leaf.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(pending.ExportSubjectPublicKeyInfo())
                ? chain
                : throw VaultRefusal.BadParameter(
                    "The public key of the end-entity certificate in the specified X.509 certificate content does not match the public part of the specified private key. "
                    + "Please check if certificate is valid.");
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw VaultRefusal.BadParameter($"The specified X.509 certificate content cannot be read: {e.Message}");
        }
    }

    private static byte[] DerOf(byte[] content)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(content);
        return certificate.RawData;
    }
}
