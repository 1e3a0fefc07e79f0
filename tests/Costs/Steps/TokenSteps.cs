using Costs.Stand;
using Gateway.Authentication.Jwt;
using Gateway.Tests.Authentication.Jwt;
using Microsoft.Extensions.DependencyInjection;

namespace Costs.Steps;

/// <summary>The check of a token: before it is looked at closely, remembered, and verified.</summary>
internal static class TokenSteps
{
    public static IReadOnlyList<Step> All { get; } =
    [
        new("token: form of its text", static () => OfText(static token => TokenText.TryParse(token, 16_384, out _))),
        new("token: header and claims as strict JSON", static () => OfText(static token =>
            TokenText.TryParse(token, 16_384, out var text) && TokenHeader.Read(text).Header is not null && TokenClaims.Read(text).Claims is not null)),
        new("token remembered, one of 100", static () => Caller(new TokenCache(), TestKey.Rsa, "RS256")),
        new("token verified, RS256", static () => Caller(Forgetful(), TestKey.Rsa, "RS256")),
        new("token verified, ES256", static () => Caller(Forgetful(), TestKey.P256, "ES256")),
    ];

    // It holds two tokens at most, and a hundred come in turn.
    private static TokenCache Forgetful() => new(generation: 1);

    private static PreparedStep OfText(Func<string, bool> read)
    {
        using var stand = new GatewayStand();
        var token = Credentials.Tokens(stand, TestKey.Rsa, "RS256")[0];
        return new(() => Require(read(token)));
    }

    private static PreparedStep Caller(TokenCache cache, TestKey key, string algorithm)
    {
        var stand = new GatewayStand();
        var verifier = new TokenVerifier(cache, stand.Time, stand.Services.GetRequiredService<JwtMetrics>());
        var authenticator = ActivatorUtilities.CreateInstance<TokenAuthenticator>(stand.Services, verifier);
        Issuer[] issuers = [stand.Services.GetRequiredService<IssuerRegistry>().Find("login", stand.Config.Issuers["login"])];
        var tokens = Credentials.Tokens(stand, key, algorithm);
        var next = 0;
        return new(
            () => Require(Completed.Now(authenticator.AuthenticateAsync(tokens[next = (next + 1) % tokens.Length].AsMemory(), issuers, stand.Config, CancellationToken.None)).Result.Caller is not null),
            stand);
    }

    private static void Require(bool isGood)
    {
        if (!isGood)
        {
            throw new InvalidOperationException("A good token was refused.");
        }
    }
}
