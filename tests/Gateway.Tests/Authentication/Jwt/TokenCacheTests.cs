using System.Text.Json.Nodes;
using Gateway.Authentication.Jwt;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>Tokens are remembered, boundedly, and never beyond what makes them good.</summary>
public sealed class TokenCacheTests
{
    private readonly TokenWorld _world = new();

    [Fact]
    public async Task Token_SecondTime_IsRemembered()
    {
        var token = _world.Token();

        Assert.False((await VerifyAsync(token)).IsRemembered);
        Assert.True((await VerifyAsync(token)).IsRemembered);
    }

    [Fact]
    public async Task Token_Remembered_EndsWithExp()
    {
        var token = _world.Token();
        await VerifyAsync(token);
        _world.Time.Advance(TimeSpan.FromSeconds(630));

        Assert.Equal(TokenFault.Expired, (await VerifyAsync(token)).Fault);
        Assert.Equal(0, _world.Cache.Count);
    }

    [Fact]
    public async Task Token_Remembered_EndsWhenItsKeyLeavesTheSet()
    {
        var token = _world.Token();
        await VerifyAsync(token);
        _world.Site.Keys = [TestKey.OtherRsa.Public()];
        _world.Time.Advance(IssuerKeys.CoolDown);
        await VerifyAsync(_world.Token(TokenWorld.Header(key: "unknown"))); // makes the keys be fetched again

        Assert.Equal(TokenFault.UnknownKey, (await VerifyAsync(token)).Fault);
    }

    [Fact]
    public async Task Token_Remembered_EndsWhenItsKidNamesAnotherKey()
    {
        var token = _world.Token();
        await VerifyAsync(token);
        _world.Site.Keys = [TestKey.OtherRsa.Public(("kid", "rsa-1"))];
        _world.Time.Advance(IssuerKeys.CoolDown);
        await VerifyAsync(_world.Token(TokenWorld.Header(key: "unknown")));

        Assert.Equal(TokenFault.SignatureWrong, (await VerifyAsync(token)).Fault);
    }

    [Fact]
    public async Task Token_Remembered_CountsNotForOtherSettings()
    {
        var token = _world.Token();
        await VerifyAsync(token);
        var strict = _world.Registry.Find("entra", TokenWorld.Config with { Audiences = ["other"] });

        var verdict = await _world.Verifier.VerifyAsync(token, [strict], TestContext.Current.CancellationToken);

        Assert.Equal(TokenFault.AudienceWrong, verdict.Fault);
    }

    [Fact]
    public async Task Token_OfTwoEntriesWithOneIssuer_IsTheOneWhoseAudienceFits()
    {
        var first = _world.Registry.Find("first", TokenWorld.Config with { Audiences = ["other"] });

        for (var time = 0; time < 2; time++)
        {
            var verdict = await _world.Verifier.VerifyAsync(_world.Token(), [first, _world.Issuer], TestContext.Current.CancellationToken);
            Assert.Same(_world.Issuer, verdict.Issuer);
        }
    }

    [Fact]
    public async Task Cache_UnderManyTokens_StaysBounded_AndKeepsWhatIsUsed()
    {
        var used = _world.Token();
        await VerifyAsync(used);

        for (var number = 0; number < 250; number++)
        {
            var claims = _world.Claims();
            claims["jti"] = number;
            await VerifyAsync(_world.Token(claims: claims));
            Assert.True((await VerifyAsync(used)).IsRemembered);
        }

        Assert.InRange(_world.Cache.Count, 100, 201);
    }

    [Fact]
    public async Task Token_Bad_IsNotRemembered()
    {
        var claims = _world.Claims();
        claims["aud"] = "other";

        await VerifyAsync(_world.Token(claims: claims));
        await VerifyAsync(TestKey.OtherRsa.Sign(TokenWorld.Header().ToJsonString(), ((JsonObject)_world.Claims()).ToJsonString(), "RS256"));

        Assert.Equal(0, _world.Cache.Count);
    }

    private ValueTask<TokenVerdict> VerifyAsync(string token) => _world.Verifier.VerifyAsync(token, [_world.Issuer], TestContext.Current.CancellationToken);
}
