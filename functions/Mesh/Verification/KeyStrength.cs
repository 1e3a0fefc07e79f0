using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Verification;

/// <summary>Which keys and signatures are strong enough.</summary>
internal static class KeyStrength
{
    private const int SmallestRsaKey = 2048;

    // ECDSA and RSA (PKCS #1) with SHA-256, SHA-384 and SHA-512. RSASSA-PSS is not among them: its hash stands in parameters.
    private static readonly HashSet<string> _signatures =
    [
        "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4",
        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13",
    ];

    private static readonly HashSet<string?> _curves = [ECCurve.NamedCurves.nistP256.Oid.Value, ECCurve.NamedCurves.nistP384.Oid.Value];

    public static bool IsStrongSignature(X509Certificate2 certificate) => _signatures.Contains(certificate.SignatureAlgorithm.Value ?? "");

    public static string? ProblemOf(X509Certificate2 certificate)
    {
        using var ecdsa = certificate.GetECDsaPublicKey();
        if (ecdsa is not null)
        {
            // A curve that is written out could be any curve.
            var curve = ecdsa.ExportParameters(includePrivateParameters: false).Curve;
            return curve.IsNamed && _curves.Contains(curve.Oid.Value) ? null : "Its key is on a curve other than P-256 and P-384.";
        }

        using var rsa = certificate.GetRSAPublicKey();
        return rsa is null ? "Its key is of a kind that is not taken."
            : rsa.KeySize < SmallestRsaKey ? $"Its key has {rsa.KeySize} bits, which is too few."
            : null;
    }
}
