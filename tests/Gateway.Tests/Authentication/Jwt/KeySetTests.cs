using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Authentication.Jwt;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>Which keys of a JWKS may verify tokens.</summary>
public sealed class KeySetTests
{
    [Theory]
    [MemberData(nameof(Bad))]
    public void Read_KeyThatMustNotVerify_IsDropped(string name)
    {
        var keys = Read(_bad[name]);

        Assert.NotNull(keys);
        Assert.Equal(0, keys.Count);
        Assert.Equal(1, keys.Dropped);
    }

    public static TheoryData<string> Bad => [.. _bad.Keys];

    private static readonly Dictionary<string, JsonNode?> _bad = new()
    {
        ["use enc"] = TestKey.Rsa.Public(("use", "enc")),
        ["use a number"] = TestKey.Rsa.Public(("use", 1)),
        ["key_ops without verify"] = TestKey.Rsa.Public(("key_ops", new JsonArray("sign", "encrypt"))),
        ["key_ops a text"] = TestKey.Rsa.Public(("key_ops", "verify")),
        ["RSA of 1024 bits"] = TestKey.SmallRsa.Public(),
        ["RSA exponent 1"] = TestKey.Rsa.Public(("e", "AQ")),
        ["RSA exponent 3"] = TestKey.Rsa.Public(("e", "Aw")),
        ["RSA exponent even"] = TestKey.Rsa.Public(("e", "AQAA")),
        ["RSA exponent of 5 bytes"] = TestKey.Rsa.Public(("e", "AQAAAAE")),
        ["RSA modulus even"] = TestKey.Rsa.Public(("n", TestKey.Encode([.. Enumerable.Repeat((byte)0xFE, 256)]))),
        ["RSA modulus of 16384 bits"] = TestKey.Rsa.Public(("n", TestKey.Encode([.. Enumerable.Repeat((byte)0xFF, 2048)]))),
        ["RSA modulus padded"] = TestKey.Rsa.Public(("n", TestKey.Encode(new byte[256]) + "==")),
        ["RSA without n"] = TestKey.Rsa.Public(("n", null)),
        ["RSA with a curve"] = TestKey.Rsa.Public(("crv", "P-256")),
        ["RSA modulus that can be factored (ROCA)"] = TestKey.Rsa.Public(("n", TestKey.Encode(Roca()))),
        ["alg for encryption"] = TestKey.Rsa.Public(("alg", "RSA-OAEP")),
        ["alg HS256"] = TestKey.Rsa.Public(("alg", "HS256")),
        ["alg a number"] = TestKey.Rsa.Public(("alg", 256)),
        ["alg of another kty"] = TestKey.Rsa.Public(("alg", "ES256")),
        ["alg of another crv"] = TestKey.P256.Public(("alg", "ES384")),
        ["point off the curve"] = TestKey.P256.Public(("y", TestKey.Encode([.. Enumerable.Repeat((byte)7, 32)]))),
        ["coordinate too short"] = TestKey.P256.Public(("x", TestKey.Encode(new byte[31]))),
        ["crv of another size"] = TestKey.P256.Public(("crv", "P-384")),
        ["crv unknown"] = TestKey.P256.Public(("crv", "secp256k1")),
        ["kty unknown"] = TestKey.P256.Public(("kty", "OKP")),
        ["kty missing"] = TestKey.P256.Public(("kty", null)),
        ["oct"] = new JsonObject { ["kty"] = "oct", ["kid"] = "a", ["k"] = "AAAA" },
        ["no kid"] = TestKey.Rsa.Public(("kid", null)),
        ["empty kid"] = TestKey.Rsa.Public(("kid", "")),
        ["no object"] = 1,
    };

    [Theory]
    [InlineData("private members", "d", "AQAB")]
    [InlineData("certificates", "x5u", "https://evil.example/x")]
    [InlineData("no use", "use", null)]
    public void Read_KeyWithWhatDoesNotMatter_IsUsed(string reason, string member, string? value) =>
        Assert.True(Read(TestKey.Rsa.Public((member, value)))!.Find("rsa-1") is not null, reason);

    [Fact]
    public void Read_KeyOpsVerify_IsUsed() => Assert.NotNull(Read(TestKey.P256.Public(("key_ops", new JsonArray("verify"))))!.Find("ec-1"));

    [Fact]
    public void Read_KidTwice_DropsBoth_EvenIfOneIsForEncryption()
    {
        var keys = Read(TestKey.Rsa.Public(), TestKey.OtherRsa.Public(("kid", "rsa-1"), ("use", "enc")), TestKey.P256.Public());

        Assert.Null(keys!.Find("rsa-1"));
        Assert.NotNull(keys.Find("ec-1"));
        Assert.Equal(2, keys.Dropped);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void Read_MoreThanFiftyKeys_IsNoSet(int count, bool isSet) =>
        Assert.Equal(isSet, Read([.. Enumerable.Range(0, count).Select(place => TestKey.P256.Public(("kid", $"k{place}")))]) is not null);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    [InlineData("""{"keys":[]}x""")]
    public void Read_WhatIsNoKeySet_IsNone(string text) => Assert.Null(KeySet.Read(Encoding.UTF8.GetBytes(text)));

    private static KeySet? Read(params JsonNode?[] keys) =>
        KeySet.Read(Encoding.UTF8.GetBytes(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key?.DeepClone())]) }.ToJsonString()));

    // A power of 65537 modulo every small prime, as those chips made them.
    private static byte[] Roca()
    {
        var modulus = BigInteger.Pow(65537, 128);
        return modulus.ToByteArray(isUnsigned: true, isBigEndian: true);
    }
}
