using Gateway.Requests;

namespace Gateway.Authentication.Jwt;

/// <summary>A token whose signature is right. Whether it counts here and now is asked each time.</summary>
/// <param name="issuer">Whose it is.</param>
/// <param name="header">Its header.</param>
/// <param name="claims">Its payload.</param>
/// <param name="keyFingerprint">The key that it was verified with; the token counts only while the issuer has that key.</param>
internal sealed class VerifiedToken(Issuer issuer, TokenHeader header, TokenClaims claims, string keyFingerprint)
{
    private Named? _last;

    public TokenHeader Header => header;

    public TokenClaims Claims => claims;

    public string KeyFingerprint => keyFingerprint;

    /// <summary>Name of the consumer, issuer:value; null: the token lacks the claim that names it.</summary>
    public string? Consumer { get; } = claims.Json.Text(issuer.Config.Consumer) is { Length: > 0 } value ? $"{issuer.Name}:{value}" : null;

    /// <summary>Who the token makes its bearer. The same object until the consumer's record is read anew or the default plan is another.</summary>
    public Caller CallerAs(Consumer? record, string? defaultPlan)
    {
        var last = _last;
        if (last is null || last.Record != record || last.DefaultPlan != defaultPlan)
        {
            _last = last = new(record, defaultPlan, NewCaller(record, defaultPlan));
        }

        return last.Caller;
    }

    private Caller NewCaller(Consumer? record, string? defaultPlan)
    {
        var caller = new Caller
        {
            Kind = CallerKind.Token,
            Consumer = Consumer,
            Plan = record?.Plan ?? defaultPlan,
            Scopes = claims.Scopes(issuer.Config.ScopesFrom),
            Issuer = issuer.Name,
            Subject = claims.Json.Text("sub"),
            Claims = claims.Json,
        };
        return record is null ? caller : caller with { Groups = record.Groups };
    }

    private sealed record Named(Consumer? Record, string? DefaultPlan, Caller Caller);
}
