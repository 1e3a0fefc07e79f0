using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Keys;

/// <summary>Type and size of a key pair.</summary>
internal sealed record KeyShape(string Type, string? Curve, int? Size)
{
    public const string Ec = "EC";
    public const string Rsa = "RSA";

    /// <summary>From the members kty, crv and key_size, with the defaults of the real vault.</summary>
    public static KeyShape Read(JsonObject members) => (members.Text("kty") ?? Rsa) switch
    {
        Ec => (members.Text("crv") ?? "P-256") is "P-256" or "P-384"
            ? new(Ec, members.Text("crv") ?? "P-256", null)
            : throw VaultRefusal.BadParameter($"Property crv has invalid value: {members.Text("crv")}"),
        Rsa => (members.Number("key_size") ?? 2048) is 2048 or 3072 or 4096
            ? new(Rsa, null, members.Number("key_size") ?? 2048)
            : throw VaultRefusal.BadParameter($"Property key_size has invalid value: {members.Number("key_size")}"),
        var other => throw VaultRefusal.BadParameter($"Property kty has invalid value or is not supported here: {other}"),
    };

    public static KeyShape Of(AsymmetricAlgorithm key) => key switch
    {
        ECDsa { KeySize: 256 } => new(Ec, "P-256", null),
        ECDsa { KeySize: 384 } => new(Ec, "P-384", null),
        ECDsa ec => throw VaultRefusal.BadParameter($"A key on a curve of {ec.KeySize} bits is not supported here."),
        _ => new(Rsa, null, key.KeySize),
    };

    public AsymmetricAlgorithm Create() => Type == Ec ? ECDsa.Create(Curve == "P-384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256) : RSA.Create(Size!.Value);

    public AsymmetricAlgorithm Load(byte[] pkcs8)
    {
        AsymmetricAlgorithm key = Type == Ec ? ECDsa.Create() : RSA.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return key;
    }
}
