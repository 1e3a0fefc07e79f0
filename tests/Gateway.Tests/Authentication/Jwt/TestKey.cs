using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>A key pair that signs tokens without the library under test, in good ways and bad.</summary>
internal sealed record TestKey(string Id, AsymmetricAlgorithm Pair)
{
    public static TestKey Rsa { get; } = new("rsa-1", RSA.Create(2048));

    public static TestKey OtherRsa { get; } = new("rsa-2", RSA.Create(2048));

    public static TestKey SmallRsa { get; } = new("rsa-small", RSA.Create(1024));

    public static TestKey P256 { get; } = new("ec-1", ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The public half as a JWK, with members added or replaced; null: removed.</summary>
    public JsonObject Public(params ReadOnlySpan<(string Member, JsonNode? Value)> members)
    {
        var key = new JsonObject { ["kid"] = Id, ["use"] = "sig" };
        if (Pair is RSA rsa)
        {
            var parameters = rsa.ExportParameters(false);
            (key["kty"], key["n"], key["e"]) = ("RSA", Encode(parameters.Modulus!), Encode(parameters.Exponent!));
        }
        else
        {
            var parameters = ((ECDsa)Pair).ExportParameters(false);
            (key["kty"], key["crv"], key["x"], key["y"]) = ("EC", "P-256", Encode(parameters.Q.X!), Encode(parameters.Q.Y!));
        }

        foreach (var (member, value) in members)
        {
            key[member] = value;
            if (value is null)
            {
                key.Remove(member);
            }
        }

        return key;
    }

    /// <summary>A token of these texts, as they are.</summary>
    public string Sign(string header, string payload, string algorithm) => Sign($"{Encode(header)}.{Encode(payload)}", algorithm);

    /// <summary>A token over this signing input, as it is.</summary>
    public string Sign(string input, string algorithm)
    {
        var bytes = Encoding.Latin1.GetBytes(input);
        var hash = algorithm[2..] switch
        {
            "384" => HashAlgorithmName.SHA384,
            "512" => HashAlgorithmName.SHA512,
            _ => HashAlgorithmName.SHA256,
        };
        var signature = Pair is RSA rsa
            ? rsa.SignData(bytes, hash, algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
            : ((ECDsa)Pair).SignData(bytes, hash);
        return $"{input}.{Encode(signature)}";
    }

    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    public static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
