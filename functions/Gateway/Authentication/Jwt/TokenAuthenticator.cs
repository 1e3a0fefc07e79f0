using Gateway.Errors;
using Gateway.Requests;

namespace Gateway.Authentication.Jwt;

/// <summary>Turns a token into a caller: who it is, by which plan, with which scopes and groups.</summary>
internal sealed class TokenAuthenticator(TokenVerifier verifier, IConsumerDirectory consumers)
{
    /// <param name="token">The token's text.</param>
    /// <param name="issuers">Those whose tokens may count, best first.</param>
    /// <param name="config">Where the default plan and the age of stale answers stand.</param>
    /// <param name="cancellation">Ends the waiting, not the fetching that others may wait for too.</param>
    public async ValueTask<TokenAuthentication> AuthenticateAsync(string token, IReadOnlyList<Issuer> issuers, GatewayConfig config, CancellationToken cancellation)
    {
        var verdict = await verifier.VerifyAsync(token, issuers, cancellation);
        if (verdict is not { Issuer: { } issuer, Claims: { } claims })
        {
            return new(verdict.Fault, AuthenticationResult.Refuse(FailureOf(verdict.Fault)));
        }

        if (claims.Json.Text(issuer.Config.Consumer) is not { Length: > 0 } value)
        {
            return new(TokenFault.ConsumerMissing, AuthenticationResult.Refuse(FailureOf(TokenFault.ConsumerMissing)));
        }

        var name = $"{issuer.Name}:{value}";
        var lookup = await consumers.FindAsync(name, config.Keys.StaleFor, cancellation);
        return new(TokenFault.None, !lookup.IsAvailable ? AuthenticationResult.Refuse(Unavailable(GatewayError.CredentialStoreUnavailable))
            : lookup.Consumer is { Suspended: true } ? AuthenticationResult.Refuse(Suspended)
            : AuthenticationResult.Accept(CallerOf(issuer, claims, name, lookup.Consumer, config.DefaultPlan)));
    }

    private static Failure Suspended { get; } = new(GatewayError.Forbidden)
    {
        Detail = "This consumer is suspended. Ask the operator.",
        Members = [new("rule", "consumer-suspended")],
    };

    private static Failure FailureOf(TokenFault fault) => fault == TokenFault.IssuerUnavailable
        ? Unavailable(GatewayError.IssuerUnavailable)
        : new(GatewayError.CredentialsInvalid) { Detail = fault.Describe() };

    private static Failure Unavailable(GatewayError error) => new(error) { Headers = [new("Retry-After", $"{IssuerKeys.RetryAfter.TotalSeconds:0}")] };

    private static Caller CallerOf(Issuer issuer, TokenClaims claims, string name, Consumer? record, string? defaultPlan)
    {
        var caller = new Caller
        {
            Kind = CallerKind.Token,
            Consumer = name,
            Plan = record?.Plan ?? defaultPlan,
            Scopes = claims.Scopes(issuer.Config.ScopesFrom),
            Issuer = issuer.Name,
            Subject = claims.Json.Text("sub"),
            Claims = claims.Json,
        };
        return record is null ? caller : caller with { Groups = record.Groups };
    }
}

/// <summary>What a token comes to, and what was wrong with it.</summary>
internal readonly record struct TokenAuthentication(TokenFault Fault, AuthenticationResult Result);
