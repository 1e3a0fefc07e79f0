using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace LocalHost.Tests.Vault;

/// <summary>The keys protocol as bare HTTP, because its client library is not used here.</summary>
public sealed class KeyProtocolTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    private static readonly byte[] Digest = SHA256.HashData("to be signed"u8);

    [Theory]
    [InlineData("P-256", "ES256", 32)]
    [InlineData("P-384", "ES384", 48)]
    public async Task Sign_Ec_IsRAndSOneAfterTheOther(string curve, string algorithm, int digestLength)
    {
        var digest = RandomNumberGenerator.GetBytes(digestLength);
        var (id, key) = await CreateAsync($"ec-{curve}", new() { ["kty"] = "EC", ["crv"] = curve });

        var signature = await SignAsync(id, algorithm, digest);

        using var ec = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.CreateFromFriendlyName(curve == "P-256" ? "nistP256" : "nistP384"),
            Q = new() { X = Decode(key["x"]), Y = Decode(key["y"]) },
        });
        Assert.Equal(2 * digestLength, signature.Length);
        Assert.True(ec.VerifyHash(digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    public async Task Sign_Rsa_Verifies(string algorithm)
    {
        var (id, key) = await CreateAsync($"rsa-{algorithm}", new() { ["kty"] = "RSA", ["key_size"] = 2048 });

        var signature = await SignAsync(id, algorithm, Digest);

        using var rsa = RSA.Create(new RSAParameters { Modulus = Decode(key["n"]), Exponent = Decode(key["e"]) });
        Assert.True(rsa.VerifyHash(Digest, signature, HashAlgorithmName.SHA256, algorithm == "RS256" ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss));
    }

    [Theory]
    [InlineData("ES384", 48)]
    [InlineData("RS256", 32)]
    [InlineData("ES256", 31)]
    [InlineData("none", 32)]
    public async Task Sign_WithWhatDoesNotFit_IsRefused(string algorithm, int length)
    {
        var (id, _) = await CreateAsync("fits-not", new() { ["kty"] = "EC", ["crv"] = "P-256" });

        var (status, _) = await world.CallAsync(HttpMethod.Post, $"{id}/sign", new() { ["alg"] = algorithm, ["value"] = Base64Url.EncodeToString(new byte[length]) });

        Assert.Equal(400, status);
    }

    [Fact]
    public async Task Create_Again_IsANewVersion()
    {
        await CreateAsync("versions", new() { ["kty"] = "EC", ["tags"] = new JsonObject { ["rotation"] = "r1" } });
        var (second, _) = await CreateAsync("versions", new() { ["kty"] = "EC", ["tags"] = new JsonObject { ["rotation"] = "r2" } });

        var (_, latest) = await world.CallAsync(HttpMethod.Get, "/keys/versions");
        var (_, all) = await world.CallAsync(HttpMethod.Get, "/keys/versions/versions");

        Assert.EndsWith(second, (string)latest["key"]!["kid"]!, StringComparison.Ordinal);
        Assert.Equal(["r1", "r2"], all["value"]!.AsArray().Select(one => (string)one!["tags"]!["rotation"]!).Order());
    }

    [Fact]
    public async Task Sign_WithADisabledVersion_IsRefused()
    {
        var (id, _) = await CreateAsync("retired", new() { ["kty"] = "EC" });
        await world.CallAsync(HttpMethod.Patch, id, new() { ["attributes"] = new JsonObject { ["enabled"] = false } });

        var (status, body) = await world.CallAsync(HttpMethod.Post, $"{id}/sign", new() { ["alg"] = "ES256", ["value"] = Base64Url.EncodeToString(Digest) });

        Assert.Equal((403, "Forbidden", "KeyDisabled"), (status, (string?)body["error"]!["code"], (string?)body["error"]!["innererror"]!["code"]));
    }

    [Fact]
    public async Task PrivateKey_IsInNoAnswer()
    {
        var (_, key) = await CreateAsync("inside", new() { ["kty"] = "EC" });
        var (_, rsa) = await CreateAsync("inside-rsa", new() { ["kty"] = "RSA" });

        Assert.Equal(["crv", "key_ops", "kid", "kty", "x", "y"], key.Select(member => member.Key).Order());
        Assert.Equal(["e", "key_ops", "kid", "kty", "n"], rsa.Select(member => member.Key).Order());
    }

    [Fact]
    public async Task Create_Exportable_IsRefused()
    {
        var (status, _) = await world.CallAsync(HttpMethod.Post, "/keys/out/create", new() { ["kty"] = "EC", ["attributes"] = new JsonObject { ["exportable"] = true } });

        Assert.Equal(400, status);
    }

    [Fact]
    public async Task Get_WhatIsNotThere_IsNotFound()
    {
        var (status, body) = await world.CallAsync(HttpMethod.Get, "/keys/nothing");

        Assert.Equal((404, "KeyNotFound"), (status, (string?)body["error"]!["code"]));
    }

    private async Task<(string Id, JsonObject Key)> CreateAsync(string name, JsonObject body)
    {
        var (status, made) = await world.CallAsync(HttpMethod.Post, $"/keys/{name}/create", body, VaultWorld.Officer);
        Assert.Equal(200, status);
        return (new Uri((string)made["key"]!["kid"]!).AbsolutePath, made["key"]!.AsObject());
    }

    private async Task<byte[]> SignAsync(string id, string algorithm, byte[] digest)
    {
        var (status, body) = await world.CallAsync(HttpMethod.Post, $"{id}/sign", new() { ["alg"] = algorithm, ["value"] = Base64Url.EncodeToString(digest) }, VaultWorld.Officer);
        Assert.Equal(200, status);
        return Decode(body["value"]);
    }

    private static byte[] Decode(JsonNode? value) => Base64Url.DecodeFromChars((string)value!);
}
