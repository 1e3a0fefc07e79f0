using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Leaves;

/// <summary>A certificate with its key as a vault's secret holds it.</summary>
internal static class LeafText
{
    private const string Pem = "application/x-pem-file";

    // Linux: the key never leaves memory. Schannel cannot use such keys, and macOS has none.
    private static readonly X509KeyStorageFlags _storage = OperatingSystem.IsLinux() ? X509KeyStorageFlags.EphemeralKeySet : X509KeyStorageFlags.DefaultKeySet;

    /// <param name="text">The secret.</param>
    /// <param name="contentType">Of the secret; what is not PEM is PKCS#12 in base64, the vault's own default.</param>
    public static X509Certificate2 Load(string text, string? contentType) =>
        string.Equals(contentType, Pem, StringComparison.OrdinalIgnoreCase) ? LoadPem(text) : LoadPkcs12(Convert.FromBase64String(text));

    // By way of PKCS#12, because a key that was only read from PEM is not good for TLS on Windows.
    private static X509Certificate2 LoadPem(string text)
    {
        using var certificate = X509Certificate2.CreateFromPem(text, text);
        return LoadPkcs12(certificate.Export(X509ContentType.Pkcs12));
    }

    private static X509Certificate2 LoadPkcs12(byte[] bytes)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12(bytes, password: null, _storage);
            return certificate.HasPrivateKey ? certificate : throw new CryptographicException("There is no private key.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
