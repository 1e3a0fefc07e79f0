using CsCheck;
using Gateway.Authentication.Jwt;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>What parses untrusted bytes never throws, whatever the bytes are.</summary>
public sealed class TokenFuzzTests
{
    private static readonly TokenWorld _world = new();
    private static readonly string _good = _world.Token();

    [Fact]
    public void TryParse_AnyText_NeverThrows() => Gen.String.Sample(Parse);

    [Fact]
    public void TryParse_TextOfTheAlphabet_NeverThrows() => Gen.Char["AQgwz09-_=+/. "].Array[0, 40].Sample(letters => Parse(new string(letters)));

    [Fact]
    public void TryParse_AnyBytesAsHeaderAndPayload_NeverThrow() => Gen.Select(Gen.Byte.Array[0, 60], Gen.Byte.Array[0, 60])
        .Sample((header, payload) => Parse($"{TestKey.Encode(header)}.{TestKey.Encode(payload)}.AA"));

    [Fact]
    public void TryParse_SpoiltJson_NeverThrows() => Gen.Select(Json, Json).Sample((header, payload) => Parse($"{TestKey.Encode(header)}.{TestKey.Encode(payload)}.AA"));

    [Fact]
    public async Task Verify_MutatedToken_IsRefused() => await Gen.Select(Gen.Int[0, _good.Length - 1], Gen.Char["AQgwz09-_=+/. \0é{"]).SampleAsync(async (place, letter) =>
    {
        var mutated = $"{_good[..place]}{letter}{_good[(place + 1)..]}";

        var verdict = await _world.Verifier.VerifyAsync(mutated, [_world.Issuer], CancellationToken.None);

        Assert.Equal(mutated == _good, verdict.Fault == TokenFault.None);
    });

    [Fact]
    public void Read_AnyKeySet_NeverThrows() => Gen.OneOf(Gen.Byte.Array[0, 200], Json.Select(System.Text.Encoding.UTF8.GetBytes), Keys.Select(System.Text.Encoding.UTF8.GetBytes))
        .Sample(bytes => _ = KeySet.Read(bytes));

    // Pieces that matter to the readers, in any order: now and then they make a whole.
    private static Gen<string> Json => Pieces(
        "{", "}", "[", "]", ":", ",", "\"alg\":\"RS256\"", "\"kid\":\"a\"", "\"kid\":1", "\"typ\":null", "\"crit\":[]", "\"exp\":1e400", "\"exp\":1", "\"aud\":[\"a\",1]",
        "\"aud\":\"a\"", "\"iss\":\"a\"", "\"iss\":\"\\ud800\"", "\"\\udc00\":1", "\"nbf\":-1", "\"x\":{\"y\":[[[1]]]}", "\uFEFF", " ");

    private static Gen<string> Keys => Pieces(
        "\"kty\":\"RSA\"", "\"kty\":\"EC\"", "\"kid\":\"a\"", "\"n\":\"AQAB\"", "\"n\":\"\"", "\"e\":\"AQAB\"", "\"e\":\"AA\"", "\"crv\":\"P-256\"", "\"crv\":1", "\"x\":\"AA\"",
        $"\"x\":\"{TestKey.Encode(new byte[32])}\"", $"\"y\":\"{TestKey.Encode(new byte[32])}\"", $"\"n\":\"{TestKey.Encode([.. Enumerable.Repeat((byte)255, 256)])}\"",
        "\"use\":\"sig\"", "\"key_ops\":[1]", "\"key_ops\":[\"verify\"]", "\"alg\":\"RS256\"", "\"alg\":7").Select(members => $$"""{"keys":[{{{members}}}]}""");

    private static Gen<string> Pieces(params string[] pieces) =>
        Gen.Select(Gen.Int[0, pieces.Length - 1].Array[0, 8], Gen.Bool).Select((some, isList) => string.Join(isList ? "," : "", some.Select(place => pieces[place])));

    private static void Parse(string text)
    {
        if (TokenText.TryParse(text, 16 * 1024, out var token))
        {
            _ = TokenHeader.Read(token);
            _ = TokenClaims.Read(token).Claims?.Scopes(["scope", "scp"]);
        }
    }
}
