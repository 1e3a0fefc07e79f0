using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Records.Trust;

namespace ControlPlane.Certificates;

/// <summary>The trust bundle as others read it: a JWKS document (SPIFFE Trust Domain and Bundle §4, X509-SVID §6).</summary>
internal static class SpiffeBundle
{
    public static byte[] Write(TrustBundle bundle)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("spiffe_sequence", bundle.Sequence);
            json.WriteNumber("spiffe_refresh_hint", Math.Max((long)bundle.Poll.TotalSeconds, 1));
            json.WriteStartArray("keys");
            foreach (var root in bundle.Roots)
            {
                WriteKey(json, root);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteKey(Utf8JsonWriter json, TrustRoot root)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(root.Certificate);
        json.WriteStartObject();
        WritePublicKey(json, certificate);
        json.WriteString("use", "x509-svid");
        json.WriteStartArray("x5c");
        json.WriteBase64StringValue(root.Certificate);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // RFC 7518 §6: a verifier that reads these instead of the certificate gets the same key.
    private static void WritePublicKey(Utf8JsonWriter json, X509Certificate2 certificate)
    {
        using var ecdsa = certificate.GetECDsaPublicKey();
        if (ecdsa is not null)
        {
            var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
            json.WriteString("kty", "EC");
            json.WriteString("crv", $"P-{ecdsa.KeySize}");
            json.WriteString("x", Base64Url.EncodeToString(point.X));
            json.WriteString("y", Base64Url.EncodeToString(point.Y));
            return;
        }

        using var rsa = certificate.GetRSAPublicKey() ?? throw new CryptographicException("An authority's key is neither ECDSA nor RSA.");
        var numbers = rsa.ExportParameters(includePrivateParameters: false);
        json.WriteString("kty", "RSA");
        json.WriteString("n", Base64Url.EncodeToString(numbers.Modulus));
        json.WriteString("e", Base64Url.EncodeToString(numbers.Exponent));
    }
}
