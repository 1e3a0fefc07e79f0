using Gateway.Errors;

namespace Gateway.Authentication.Jwt;

/// <summary>Turns a token into a caller: who it is, by which plan, with which scopes and groups.</summary>
internal sealed class TokenAuthenticator(TokenVerifier verifier, IConsumerDirectory consumers)
{
    private static readonly AuthenticationResult _suspended = AuthenticationResult.Refuse(new(GatewayError.Forbidden)
    {
        Detail = "This consumer is suspended. Ask the operator.",
        Members = [new("rule", "consumer-suspended")],
    });

    /// <param name="token">The token's text.</param>
    /// <param name="issuers">Those whose tokens may count, best first.</param>
    /// <param name="config">Where the default plan and the age of stale answers stand.</param>
    /// <param name="cancellation">Ends the waiting, not the fetching that others may wait for too.</param>
    public ValueTask<TokenAuthentication> AuthenticateAsync(ReadOnlyMemory<char> token, IReadOnlyList<Issuer> issuers, GatewayConfig config, CancellationToken cancellation) =>
        verifier.Recall(token.Span, issuers) is { } known
            ? JudgeAsync(known, config, cancellation)
            : VerifyAsync(token.ToString(), issuers, config, cancellation);

    private async ValueTask<TokenAuthentication> VerifyAsync(string token, IReadOnlyList<Issuer> issuers, GatewayConfig config, CancellationToken cancellation)
    {
        var verdict = await verifier.VerifyAsync(token, issuers, cancellation);
        return verdict.Token is { } verified
            ? await JudgeAsync(verified, config, cancellation)
            : new(verdict.Fault, AuthenticationResult.Refuse(FailureOf(verdict.Fault)));
    }

    private ValueTask<TokenAuthentication> JudgeAsync(VerifiedToken token, GatewayConfig config, CancellationToken cancellation)
    {
        if (token.Consumer is not { } name)
        {
            return new(new TokenAuthentication(TokenFault.ConsumerMissing, AuthenticationResult.Refuse(FailureOf(TokenFault.ConsumerMissing))));
        }

        var lookup = consumers.FindAsync(name, config.Keys.StaleFor, cancellation);
        return lookup.IsCompletedSuccessfully ? new(Judge(token, lookup.Result, config)) : AwaitAsync(token, lookup, config);
    }

    private static async ValueTask<TokenAuthentication> AwaitAsync(VerifiedToken token, ValueTask<ConsumerLookup> lookup, GatewayConfig config) =>
        Judge(token, await lookup, config);

    private static TokenAuthentication Judge(VerifiedToken token, ConsumerLookup lookup, GatewayConfig config) => new(
        TokenFault.None,
        !lookup.IsAvailable ? AuthenticationResult.Refuse(Unavailable(GatewayError.CredentialStoreUnavailable))
        : lookup.Consumer is { Suspended: true } ? _suspended
        : AuthenticationResult.Accept(token.CallerAs(lookup.Consumer, config.DefaultPlan)));

    private static Failure FailureOf(TokenFault fault) => fault == TokenFault.IssuerUnavailable
        ? Unavailable(GatewayError.IssuerUnavailable)
        : new(GatewayError.CredentialsInvalid) { Detail = fault.Describe() };

    private static Failure Unavailable(GatewayError error) => new(error) { Headers = [new("Retry-After", $"{IssuerKeys.RetryAfter.TotalSeconds:0}")] };
}

/// <summary>What a token comes to, and what was wrong with it.</summary>
internal readonly record struct TokenAuthentication(TokenFault Fault, AuthenticationResult Result);
