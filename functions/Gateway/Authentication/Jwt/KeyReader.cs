using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Authentication.Jwt;

/// <summary>Reads one key of a JWKS (RFC 7517, RFC 7518 §6). What must not verify tokens is not read; private members are ignored.</summary>
internal static class KeyReader
{
    // Above this, verifying costs an attacker's choice of time.
    private const int LargestModulusBits = 8192;
    private const int SmallestModulusBits = 2048;

    /// <summary>The key; null: it cannot, or must not, verify signatures.</summary>
    public static VerificationKey? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || json.Text("kid") is not { Length: > 0 } || !IsForSignatures(json))
        {
            return null;
        }

        var isStated = json.TryGetProperty("alg", out _);
        var stated = SignatureAlgorithm.Find(json.Text("alg") ?? "");
        var type = json.Text("kty");
        if (type is null || (isStated && stated?.Takes(type, json.Text("crv")) is not true))
        {
            return null;
        }

        try
        {
            return type switch
            {
                "RSA" => ReadRsa(json),
                "EC" => ReadEllipticCurve(json),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return null; // among them points that are not on their curve
        }
    }

    private static bool IsForSignatures(JsonElement json) =>
        (!json.TryGetProperty("use", out _) || json.Text("use") == "sig")
        && (!json.TryGetProperty("key_ops", out var operations) || (operations.ValueKind == JsonValueKind.Array && json.Texts("key_ops")?.Contains("verify") is true));

    private static VerificationKey? ReadRsa(JsonElement json)
    {
        if (Bytes(json, "n") is not { } n || Bytes(json, "e") is not { } e || json.TryGetProperty("crv", out _))
        {
            return null;
        }

        var modulus = new BigInteger(n, isUnsigned: true, isBigEndian: true);
        var exponent = new BigInteger(e, isUnsigned: true, isBigEndian: true);

        // FIPS 186-5 §5.4: the exponent is odd and above 2^16. An exponent of 1 makes every text its own signature.
        if (modulus.GetBitLength() is < SmallestModulusBits or > LargestModulusBits || modulus.IsEven
            || exponent.IsEven || exponent <= 1 << 16 || exponent > uint.MaxValue || WeakModulus.IsOfInfineon(modulus))
        {
            return null;
        }

        var parameters = new RSAParameters { Modulus = modulus.ToByteArray(isUnsigned: true, isBigEndian: true), Exponent = exponent.ToByteArray(isUnsigned: true, isBigEndian: true) };
        using var rsa = RSA.Create(parameters);
        return new(
            new JsonWebKey { Kid = json.Text("kid"), Kty = "RSA", Alg = json.Text("alg"), N = Base64UrlEncoder.Encode(parameters.Modulus), E = Base64UrlEncoder.Encode(parameters.Exponent) },
            (int)((modulus.GetBitLength() + 7) / 8));
    }

    private static VerificationKey? ReadEllipticCurve(JsonElement json)
    {
        var name = json.Text("crv");
        (ECCurve Curve, int Size)? curve = name switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, 32),
            "P-384" => (ECCurve.NamedCurves.nistP384, 48),
            "P-521" => (ECCurve.NamedCurves.nistP521, 66),
            _ => null,
        };

        // RFC 7518 §6.2.1.2: coordinates have the full length of the field.
        if (curve is not { } known || Bytes(json, "x") is not { } x || Bytes(json, "y") is not { } y || x.Length != known.Size || y.Length != known.Size)
        {
            return null;
        }

        using var key = ECDsa.Create(new ECParameters { Curve = known.Curve, Q = new() { X = x, Y = y } });
        return new(
            new JsonWebKey { Kid = json.Text("kid"), Kty = "EC", Alg = json.Text("alg"), Crv = name, X = json.Text("x"), Y = json.Text("y") },
            2 * known.Size);
    }

    private static byte[]? Bytes(JsonElement json, string member) =>
        json.Text(member) is { Length: > 0 } text && TokenText.IsCanonical(text) ? TokenText.Decode(text) : null;
}
