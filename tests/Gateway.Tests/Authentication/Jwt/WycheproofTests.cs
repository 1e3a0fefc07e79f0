using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Authentication.Jwt;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>
/// The Wycheproof vectors for JWS and JWK. Their payloads are no claims, so a whole check would refuse them for that alone. Each vector
/// therefore goes two ways: through the signature layer (text, header, key set, algorithm, signature, and no claims), where what is marked
/// valid must be accepted too; and through the whole verifier, where nothing of theirs may pass. A control token signed with each group's
/// own key, with good claims, must pass the whole.
/// </summary>
public sealed class WycheproofTests
{
    private static readonly string[] _algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    // Marked valid, and refused here: the token's alg is another than the key states (PS384 by a PS256 key), or the key states an alg that
    // does not exist (ES521). Vectors of HMAC groups are refused as well: shared secrets are not for an issuer's key set.
    private static readonly int[] _refusedByDesign = [346, 347, 350, 351];

    public static TheoryData<string, int> Groups()
    {
        var groups = new TheoryData<string, int>();
        foreach (var file in new[] { "json_web_signature_test.json", "json_web_key_test.json" })
        {
            for (var index = 0; index < (Read(file)?["testGroups"]?.AsArray().Count ?? 1); index++)
            {
                groups.Add(file, index);
            }
        }

        return groups;
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task Vectors_OfAGroup_AreRefusedWhereInvalid(string file, int index)
    {
        Assert.SkipWhen(Read(file) is null, "shared/data/wycheproof is not here");
        var group = Read(file)!["testGroups"]![index]!;
        var world = new TokenWorld(TokenWorld.Config with { Algorithms = _algorithms });
        var isHmac = group["public"] is null;
        world.Site.Keys = PublicKeys(group["public"] ?? group["private"]!);
        var document = await world.Issuer.Keys.CurrentAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(document);

        foreach (var vector in group["tests"]!.AsArray())
        {
            var id = (int)vector!["tcId"]!;
            var jws = vector["jws"] is JsonValue text ? (string)text! : vector["jws"]!.ToJsonString();
            var isValid = (string?)vector["result"] == "valid" && !isHmac && !(file.Contains("signature", StringComparison.Ordinal) && _refusedByDesign.Contains(id));

            Assert.True(isValid == IsSigned(jws, document.Keys), $"{file} {id} {vector["comment"]}: expected {isValid}");
            Assert.NotEqual(TokenFault.None, await world.FaultAsync(jws));
        }
    }

    // A group has a control where its key may verify tokens at all; that the others' keys may not is what their vectors are about.
    public static TheoryData<string, int> Controls() =>
        [.. Groups().Select(row => row.Data).Where(row => Read(row.Item1) is not { } file || HasSoundKey(file["testGroups"]![row.Item2]!))];

    [Theory]
    [MemberData(nameof(Controls))]
    public async Task Control_OfAGroup_IsAccepted(string file, int index)
    {
        Assert.SkipWhen(Read(file) is null, "shared/data/wycheproof is not here");
        var group = Read(file)!["testGroups"]![index]!;
        var key = (group["private"]!["keys"]?[0] ?? group["private"])!.AsObject();
        var algorithm = (string?)key["alg"] ?? ((string?)key["kty"] == "RSA" ? "RS256" : "ES256");
        var world = new TokenWorld(TokenWorld.Config with { Algorithms = _algorithms });
        world.Site.Keys = PublicKeys(group["public"]!);
        using var pair = Import(key);

        var token = new TestKey((string)key["kid"]!, pair).Sign(TokenWorld.Header(algorithm, (string)key["kid"]!).ToJsonString(), world.Claims().ToJsonString(), algorithm);

        Assert.Equal(TokenFault.None, await world.FaultAsync(token));
    }

    // Steps 1 and 3 to 5 of the verifier, without the claims.
    private static bool IsSigned(string jws, KeySet keys) =>
        TokenText.TryParse(jws, 16 * 1024, out var text)
        && TokenHeader.Read(text).Header is { } header
        && SignatureAlgorithm.Find(header.Algorithm) is { } algorithm
        && keys.Find(header.KeyId) is { } key
        && key.Takes(algorithm)
        && key.Verify(algorithm, text);

    private static bool HasSoundKey(JsonNode group) =>
        group["public"] is { } key && group["tests"]!.AsArray().Any(vector => (string?)vector!["result"] == "valid") && (string?)(key["keys"]?[0] ?? key)["alg"] is not "ES521";

    private static JsonArray PublicKeys(JsonNode keys) => (keys["keys"] as JsonArray ?? [keys.DeepClone()]).DeepClone().AsArray();

    private static AsymmetricAlgorithm Import(JsonObject key)
    {
        byte[] Bytes(string member) => TokenText.Decode((string)key[member]!);
        if ((string?)key["kty"] == "EC")
        {
            return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Bytes("x"), Y = Bytes("y") }, D = Bytes("d") });
        }

        return RSA.Create(new RSAParameters
        {
            Modulus = Bytes("n"), Exponent = Bytes("e"), D = Bytes("d"), P = Bytes("p"), Q = Bytes("q"), DP = Bytes("dp"), DQ = Bytes("dq"), InverseQ = Bytes("qi"),
        });
    }

    private static JsonNode? Read(string file)
    {
        var path = Path.Combine(Repository.Data, "wycheproof", file);
        return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path, Encoding.UTF8)) : null;
    }
}
