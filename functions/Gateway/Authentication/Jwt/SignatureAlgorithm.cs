using System.Collections.Frozen;

namespace Gateway.Authentication.Jwt;

/// <summary>A signature algorithm of RFC 7518 §3.1 that may be allowed, and the key that it takes. There is none with a shared secret.</summary>
/// <param name="Name">alg</param>
/// <param name="KeyType">kty of the key.</param>
/// <param name="Curve">crv of the key; null for RSA.</param>
internal sealed record SignatureAlgorithm(string Name, string KeyType, string? Curve)
{
    private static readonly FrozenDictionary<string, SignatureAlgorithm> _all = new SignatureAlgorithm[]
    {
        new("RS256", "RSA", null),
        new("RS384", "RSA", null),
        new("RS512", "RSA", null),
        new("PS256", "RSA", null),
        new("PS384", "RSA", null),
        new("PS512", "RSA", null),
        new("ES256", "EC", "P-256"),
        new("ES384", "EC", "P-384"),
        new("ES512", "EC", "P-521"),
    }.ToFrozenDictionary(algorithm => algorithm.Name, StringComparer.Ordinal);

    /// <summary>The algorithm of this name, which is case-sensitive; null: not one of ours.</summary>
    public static SignatureAlgorithm? Find(string name) => _all.GetValueOrDefault(name);

    public bool Takes(string keyType, string? curve) => KeyType == keyType && Curve == curve;
}
