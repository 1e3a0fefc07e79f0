using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace ControlPlane.Vault;

/// <summary>A key as the protocol writes it.</summary>
internal sealed record VaultKeyText
{
    [JsonPropertyName("key")]
    public required NumbersText Key { get; init; }

    [JsonPropertyName("attributes")]
    public required AttributesText Attributes { get; init; }

    [JsonPropertyName("tags")]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public VaultKey Read() => new()
    {
        Version = new VersionText { Kid = Key.Kid, Attributes = Attributes, Tags = Tags }.Read(),
        Ec = Key.ReadEc(),
        Rsa = Key.ReadRsa(),
    };

    /// <summary>The numbers of the public key (RFC 7518 §6).</summary>
    internal sealed record NumbersText
    {
        [JsonPropertyName("kid")]
        public required string Kid { get; init; }

        [JsonPropertyName("kty")]
        public required string Kty { get; init; }

        [JsonPropertyName("crv")]
        public string? Crv { get; init; }

        [JsonPropertyName("x")]
        public string? X { get; init; }

        [JsonPropertyName("y")]
        public string? Y { get; init; }

        [JsonPropertyName("n")]
        public string? N { get; init; }

        [JsonPropertyName("e")]
        public string? E { get; init; }

        public ECParameters? ReadEc() => Kty is "EC" or "EC-HSM" ? new ECParameters { Curve = CurveOf(Crv), Q = new() { X = Bytes(X), Y = Bytes(Y) } } : null;

        public RSAParameters? ReadRsa() => Kty is "RSA" or "RSA-HSM" ? new RSAParameters { Modulus = Bytes(N), Exponent = Bytes(E) } : null;

        private static ECCurve CurveOf(string? name) => name switch
        {
            "P-256" => ECCurve.NamedCurves.nistP256,
            "P-384" => ECCurve.NamedCurves.nistP384,
            _ => throw new FormatException($"A key on curve {name} is of no use here."),
        };

        private static byte[] Bytes(string? text) => Base64Url.DecodeFromChars(text ?? throw new FormatException("A key's public numbers are missing."));
    }

    /// <summary>One entry of the list of versions.</summary>
    internal sealed record VersionText
    {
        [JsonPropertyName("kid")]
        public required string Kid { get; init; }

        [JsonPropertyName("attributes")]
        public required AttributesText Attributes { get; init; }

        [JsonPropertyName("tags")]
        public IReadOnlyDictionary<string, string>? Tags { get; init; }

        public VaultKeyVersion Read()
        {
            if (new Uri(Kid).AbsolutePath.Split('/') is not ["", "keys", var name, var version])
            {
                throw new FormatException($"{Kid} is no id of a key's version.");
            }

            return new()
            {
                Name = name,
                Version = version,
                Enabled = Attributes.Enabled,
                Created = DateTimeOffset.FromUnixTimeSeconds(Attributes.Created),
                Tags = Tags ?? new Dictionary<string, string>(),
            };
        }
    }

    /// <summary>State and times of a version.</summary>
    internal sealed record AttributesText
    {
        [JsonPropertyName("enabled")]
        public bool Enabled { get; init; }

        [JsonPropertyName("created")]
        public long Created { get; init; }
    }

    /// <summary>One page of the list of versions.</summary>
    internal sealed record PageText
    {
        [JsonPropertyName("value")]
        public IReadOnlyList<VersionText> Value { get; init; } = [];

        [JsonPropertyName("nextLink")]
        public string? NextLink { get; init; }
    }

    /// <summary>The answer to a signature.</summary>
    internal sealed record SignatureText
    {
        [JsonPropertyName("kid")]
        public required string Kid { get; init; }

        [JsonPropertyName("value")]
        public required string Value { get; init; }
    }
}
