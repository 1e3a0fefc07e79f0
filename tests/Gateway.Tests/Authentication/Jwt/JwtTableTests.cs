using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Authentication.Jwt;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>Every row of the JWT table of the security reference: each attack is refused, and for the reason it should be.</summary>
public sealed class JwtTableTests
{
    private readonly TokenWorld _world = new(TokenWorld.Config with { Algorithms = ["RS256", "ES256"] });

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Token_OfTheTable_IsRefused(string row)
    {
        var (expected, token) = _attacks[row](_world);

        Assert.Equal(expected, await _world.FaultAsync(token));
        Assert.Equal(TokenFault.None, await new TokenWorld().FaultAsync(new TokenWorld().Token())); // the control: not refused for a trivial reason
    }

    public static TheoryData<string> Rows => [.. _attacks.Keys];

    private static readonly Dictionary<string, Func<TokenWorld, (TokenFault, string)>> _attacks = new()
    {
        ["alg none"] = world => (TokenFault.Malformed, Unsigned(world, "none")),
        ["alg none, with a stale signature"] = world => (TokenFault.AlgorithmNotAccepted, Stale(world, "none")),
        ["alg NONE"] = world => (TokenFault.AlgorithmNotAccepted, Stale(world, "NONE")),
        ["alg nOnE"] = world => (TokenFault.AlgorithmNotAccepted, Stale(world, "nOnE")),
        ["alg rs256 in lower case"] = world => (TokenFault.AlgorithmNotAccepted, Stale(world, "rs256")),
        ["alg missing"] = world => (TokenFault.Malformed, With(world, header => header.Remove("alg"))),
        ["HS256 signed with the public key as PEM"] = world => (TokenFault.AlgorithmNotAccepted, Hmac(world, Encoding.ASCII.GetBytes(((RSA)TestKey.Rsa.Pair).ExportSubjectPublicKeyInfoPem()))),
        ["HS256 signed with the public key as DER"] = world => (TokenFault.AlgorithmNotAccepted, Hmac(world, ((RSA)TestKey.Rsa.Pair).ExportSubjectPublicKeyInfo())),
        ["HS256 signed with an empty key"] = world => (TokenFault.AlgorithmNotAccepted, Hmac(world, [])),
        ["key says alg=PS512, token RS256"] = world => (TokenFault.AlgorithmNotAccepted, Keys(world, TestKey.Rsa.Public(("alg", "PS512")))),
        ["key use: enc"] = world => (TokenFault.UnknownKey, Keys(world, TestKey.Rsa.Public(("use", "enc")))),
        ["key_ops without verify"] = world => (TokenFault.UnknownKey, Keys(world, TestKey.Rsa.Public(("use", null), ("key_ops", new JsonArray("encrypt"))))),
        ["RSA key below 2048 bits"] = world => (TokenFault.UnknownKey, Small(world)),
        ["key alg and kty disagree"] = world => (TokenFault.UnknownKey, Keys(world, TestKey.Rsa.Public(("alg", "ES256")))),
        ["key alg and crv disagree"] = world => (TokenFault.UnknownKey, Elliptic(world, TestKey.P256.Public(("alg", "ES384")))),
        ["duplicate kid in the set"] = world => (TokenFault.UnknownKey, Keys(world, TestKey.Rsa.Public(), TestKey.OtherRsa.Public(("kid", "rsa-1")))),
        ["oct key in a remote set"] = world => (TokenFault.AlgorithmNotAccepted, Oct(world)),
        ["crit unknown"] = world => (TokenFault.ExtensionNotAccepted, With(world, header => header["crit"] = new JsonArray("x"))),
        ["crit empty"] = world => (TokenFault.ExtensionNotAccepted, With(world, header => header["crit"] = new JsonArray())),
        ["b64 false"] = world => (TokenFault.ExtensionNotAccepted, With(world, header => header["b64"] = false)),
        ["duplicate header member"] = world => (TokenFault.Malformed, Raw(world, """{"alg":"none","alg":"RS256","kid":"rsa-1"}""", null)),
        ["duplicate header member by escapes"] = world => (TokenFault.Malformed, Raw(world, """{"alg":"RS256","kid":"x","k\u0069d":"rsa-1"}""", null)),
        ["duplicate sub"] = world => (TokenFault.Malformed, Raw(world, null, world.Claims().ToJsonString()[..^1] + ""","sub":"root"}""")),
        ["duplicate aud"] = world => (TokenFault.Malformed, Raw(world, null, world.Claims().ToJsonString()[..^1] + ""","aud":"other"}""")),
        ["duplicate member below"] = world => (TokenFault.Malformed, Raw(world, null, world.Claims().ToJsonString()[..^1] + ""","a":{"b":1,"b":2}}""")),
        ["exp missing"] = world => (TokenFault.Expired, Claims(world, claims => claims.Remove("exp"))),
        ["exp null"] = world => (TokenFault.Expired, Claims(world, claims => claims["exp"] = null)),
        ["exp 1e20"] = world => (TokenFault.Expired, Raw(world, null, world.Claims().ToJsonString().Replace($"\"exp\":{world.Now + 600}", "\"exp\":1e20", StringComparison.Ordinal))),
        ["exp 1e400"] = world => (TokenFault.Expired, Raw(world, null, world.Claims().ToJsonString().Replace($"\"exp\":{world.Now + 600}", "\"exp\":1e400", StringComparison.Ordinal))),
        ["exp negative"] = world => (TokenFault.Expired, Claims(world, claims => claims["exp"] = -1)),
        ["exp past"] = world => (TokenFault.Expired, Claims(world, claims => claims["exp"] = world.Now - 31)),
        ["exp as a string"] = world => (TokenFault.Expired, Claims(world, claims => claims["exp"] = $"{world.Now + 600}")),
        ["4 minutes past exp"] = world => (TokenFault.Expired, Claims(world, claims => claims["exp"] = world.Now - 240)),
        ["4 minutes before nbf"] = world => (TokenFault.NotYetValid, Claims(world, claims => claims["nbf"] = world.Now + 240)),
        ["nbf as a string"] = world => (TokenFault.Malformed, Claims(world, claims => claims["nbf"] = "0")),
        ["iat one hour ahead"] = world => (TokenFault.NotYetValid, Claims(world, claims => claims["iat"] = world.Now + 3600)),
        ["kid unknown"] = world => (TokenFault.UnknownKey, With(world, header => header["kid"] = "rsa-9")),
        ["kid missing"] = world => (TokenFault.UnknownKey, With(world, header => header.Remove("kid"))),
        ["kid ../../dev/null"] = world => (TokenFault.UnknownKey, With(world, header => header["kid"] = "../../dev/null")),
        ["kid SQL"] = world => (TokenFault.UnknownKey, With(world, header => header["kid"] = "' OR 1=1 --")),
        ["kid a number"] = world => (TokenFault.UnknownKey, With(world, header => header["kid"] = 1)),
        ["typ logout+jwt"] = world => (TokenFault.TypeNotAccepted, With(world, header => header["typ"] = "logout+jwt")),
        ["typ id token"] = world => (TokenFault.TypeNotAccepted, With(world, header => header["typ"] = "id+jwt")),
        ["typ a number"] = world => (TokenFault.Malformed, With(world, header => header["typ"] = 1)),
        ["padded base64"] = world => (TokenFault.Malformed, world.Token() + "=="),
        ["standard base64"] = world => (TokenFault.Malformed, Standard(world)),
        ["white space inside"] = world => (TokenFault.Malformed, world.Token().Replace(".", ". ", StringComparison.Ordinal)),
        ["line break at the end"] = world => (TokenFault.Malformed, world.Token() + "\n"),
        ["unused bits set"] = world => (TokenFault.Malformed, UnusedBits(world.Token())),
        ["200 KB token"] = world => (TokenFault.Malformed, Claims(world, claims => claims["x"] = new string('x', 150_000))),
        ["2,000-deep JSON"] = world => (TokenFault.Malformed, Raw(world, null, world.Claims().ToJsonString()[..^1] + ",\"x\":" + new string('[', 2000) + new string(']', 2000) + "}")),
        ["invalid UTF-8"] = world => (TokenFault.Malformed, InvalidUtf8(world)),
        ["lone surrogate"] = world => (TokenFault.Malformed, Raw(world, null, world.Claims().ToJsonString()[..^1] + ""","x":"\ud800"}""")),
        ["2 segments"] = world => (TokenFault.Malformed, world.Token()[..world.Token().LastIndexOf('.')]),
        ["4 segments"] = world => (TokenFault.Malformed, world.Token() + ".AA"),
        ["JSON serialisation"] = world => (TokenFault.Malformed, $$"""{"payload":"e30","protected":"e30","signature":"{{world.Token()}}"}"""),
        ["nested JWS"] = world => (TokenFault.Malformed, Raw(world, """{"alg":"RS256","kid":"rsa-1","cty":"JWT"}""", world.Token())),
        ["PS256 where RS256 is meant"] = world => (TokenFault.AlgorithmNotAccepted, TestKey.Rsa.Sign(TokenWorld.Header("PS256").ToJsonString(), world.Claims().ToJsonString(), "PS256")),
        ["ES256 all-zero signature"] = world => (TokenFault.SignatureWrong, ElTrunk(world) + "." + TestKey.Encode(new byte[64])),
        ["ES256 DER signature"] = world => (TokenFault.SignatureWrong, Der(world)),
        ["payload modified"] = world => (TokenFault.SignatureWrong, Modified(world)),
        ["signed by another key"] = world => (TokenFault.SignatureWrong, TestKey.OtherRsa.Sign(TokenWorld.Header().ToJsonString(), world.Claims().ToJsonString(), "RS256")),
        ["iss of another"] = world => (TokenFault.IssuerUnknown, Claims(world, claims => claims["iss"] = "https://evil.example")),
        ["iss of a neighbour on the same host"] = world => (TokenFault.IssuerUnknown, Claims(world, claims => claims["iss"] = "https://login.example/other")),
        ["iss missing"] = world => (TokenFault.IssuerUnknown, Claims(world, claims => claims.Remove("iss"))),
        ["aud of another"] = world => (TokenFault.AudienceWrong, Claims(world, claims => claims["aud"] = "other")),
        ["aud missing"] = world => (TokenFault.AudienceWrong, Claims(world, claims => claims.Remove("aud"))),
        ["aud with a number in it"] = world => (TokenFault.AudienceWrong, Claims(world, claims => claims["aud"] = new JsonArray("api", 1))),
        ["aud as an object"] = world => (TokenFault.AudienceWrong, Claims(world, claims => claims["aud"] = new JsonObject { ["api"] = 1 })),
        ["payload an array"] = world => (TokenFault.Malformed, Raw(world, null, "[]")),
    };

    [Fact]
    public async Task Token_HmacAllowedByTheOperator_IsRefusedAllTheSame()
    {
        var world = new TokenWorld(TokenWorld.Config with { Algorithms = ["HS256", "none"] });

        Assert.Equal(TokenFault.AlgorithmNotAccepted, await world.FaultAsync(Hmac(world, [])));
        Assert.Equal(TokenFault.AlgorithmNotAccepted, await world.FaultAsync(Stale(world, "none")));
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("jwt")]
    [InlineData("at+JWT")]
    [InlineData("application/at+jwt")]
    [InlineData(null)] // as JWT
    public async Task Token_TypeInTheList_IsAccepted(string? type) =>
        Assert.Equal(TokenFault.None, await _world.FaultAsync(With(_world, header => header["typ"] = type, isRemoved: type is null)));

    [Fact]
    public async Task Token_WithoutType_WhereOnlyAccessTokensAreWanted_IsRefused()
    {
        var world = new TokenWorld(TokenWorld.Config with { Types = ["at+jwt"] });

        Assert.Equal(TokenFault.TypeNotAccepted, await world.FaultAsync(With(world, _ => { }, isRemoved: true)));
        Assert.Equal(TokenFault.None, await world.FaultAsync(world.Token()));
    }

    [Fact]
    public async Task Token_WithinTheSkew_IsAccepted()
    {
        Assert.Equal(TokenFault.None, await _world.FaultAsync(Claims(_world, claims => claims["exp"] = _world.Now - 29)));
        Assert.Equal(TokenFault.None, await _world.FaultAsync(Claims(_world, claims => (claims["nbf"], claims["iat"]) = (_world.Now + 30, _world.Now + 30))));
    }

    [Fact]
    public async Task Token_ForOneOfSeveralAudiences_IsAccepted() =>
        Assert.Equal(TokenFault.None, await _world.FaultAsync(Claims(_world, claims => claims["aud"] = new JsonArray("other", "api"))));

    [Theory]
    [InlineData("RS256"), InlineData("RS384"), InlineData("RS512"), InlineData("PS256"), InlineData("PS384"), InlineData("PS512")]
    public async Task Token_OfAnAllowedAlgorithm_IsAccepted(string algorithm)
    {
        var world = new TokenWorld(TokenWorld.Config with { Algorithms = [algorithm] });

        Assert.Equal(TokenFault.None, await world.FaultAsync(TestKey.Rsa.Sign(TokenWorld.Header(algorithm).ToJsonString(), world.Claims().ToJsonString(), algorithm)));
    }

    [Fact]
    public async Task Token_OfAnEllipticKey_IsAccepted()
    {
        var world = new TokenWorld(TokenWorld.Config with { Algorithms = ["ES256"] });

        Assert.Equal(TokenFault.None, await world.FaultAsync(Elliptic(world, TestKey.P256.Public(("alg", "ES256")))));
    }

    private static string With(TokenWorld world, Action<JsonObject> change, bool isRemoved = false)
    {
        var header = TokenWorld.Header();
        change(header);
        _ = isRemoved && header.Remove("typ");
        return world.Token(header);
    }

    private static string Claims(TokenWorld world, Action<JsonObject> change)
    {
        var claims = world.Claims();
        change(claims);
        return world.Token(claims: claims);
    }

    private static string Raw(TokenWorld world, string? header, string? payload) =>
        TestKey.Rsa.Sign(header ?? TokenWorld.Header().ToJsonString(), payload ?? world.Claims().ToJsonString(), "RS256");

    private static string Unsigned(TokenWorld world, string algorithm) =>
        $"{TestKey.Encode(TokenWorld.Header(algorithm).ToJsonString())}.{TestKey.Encode(world.Claims().ToJsonString())}.";

    private static string Stale(TokenWorld world, string algorithm) => Unsigned(world, algorithm) + world.Token().Split('.')[2];

    private static string Hmac(TokenWorld world, byte[] secret)
    {
        var input = Unsigned(world, "HS256")[..^1];
        return $"{input}.{TestKey.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input)))}";
    }

    private static string Keys(TokenWorld world, params ReadOnlySpan<JsonNode?> keys)
    {
        world.Site.Keys = new(keys);
        return world.Token();
    }

    private static string Small(TokenWorld world)
    {
        world.Site.Keys = [TestKey.SmallRsa.Public()];
        return TestKey.SmallRsa.Sign(TokenWorld.Header(key: "rsa-small").ToJsonString(), world.Claims().ToJsonString(), "RS256");
    }

    private static string Oct(TokenWorld world)
    {
        world.Site.Keys = [new JsonObject { ["kty"] = "oct", ["kid"] = "rsa-1", ["k"] = TestKey.Encode("secret") }];
        return Hmac(world, Encoding.ASCII.GetBytes("secret"));
    }

    private static string ElTrunk(TokenWorld world) => Elliptic(world, TestKey.P256.Public()) is var token ? token[..token.LastIndexOf('.')] : "";

    private static string Elliptic(TokenWorld world, JsonObject key)
    {
        world.Site.Keys = [key];
        return TestKey.P256.Sign(TokenWorld.Header("ES256", "ec-1").ToJsonString(), world.Claims().ToJsonString(), "ES256");
    }

    private static string Der(TokenWorld world)
    {
        var input = ElTrunk(world);
        var signature = ((ECDsa)TestKey.P256.Pair).SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return $"{input}.{TestKey.Encode(signature)}";
    }

    private static string Standard(TokenWorld world)
    {
        var payload = Convert.ToBase64String(Encoding.UTF8.GetBytes(world.Claims().ToJsonString()[..^1] + ",\"x\":\"\u00bf\u00bf\u00fe\u00fe\u00ff\u00ff>>>???\"}")).TrimEnd('=');
        Assert.Contains(payload, character => character is '+' or '/');
        return TestKey.Rsa.Sign($"{TestKey.Encode(TokenWorld.Header().ToJsonString())}.{payload}", "RS256");
    }

    private static string UnusedBits(string token) => token[..^1] + (char)(token[^1] switch { 'A' => 'B', 'Q' => 'R', 'g' => 'h', 'w' => 'x', var other => other });

    private static string InvalidUtf8(TokenWorld world)
    {
        byte[] payload = [.. Encoding.UTF8.GetBytes(world.Claims().ToJsonString()[..^1]), .. ",\"x\":\""u8, 0xC0, 0xAF, .. "\"}"u8];
        return TestKey.Rsa.Sign($"{TestKey.Encode(TokenWorld.Header().ToJsonString())}.{TestKey.Encode(payload)}", "RS256");
    }

    private static string Modified(TokenWorld world)
    {
        var parts = world.Token().Split('.');
        var claims = world.Claims();
        claims["sub"] = "root";
        return $"{parts[0]}.{TestKey.Encode(claims.ToJsonString())}.{parts[2]}";
    }
}
