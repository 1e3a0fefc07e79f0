using Gateway.Errors;
using Gateway.Requests;

namespace Gateway.Authorization;

/// <summary>Snapshot: the conditions of one route on its callers.</summary>
internal sealed class RouteRules
{
    private readonly Requirement? _scopes;
    private readonly IReadOnlyList<ClaimRule> _claims;
    private readonly Requirement? _groups;
    private readonly Requirement? _plans;
    private readonly Failure _missing;

    private RouteRules(EffectiveRoute route)
    {
        var auth = route.Auth!;
        _scopes = auth.Scopes is { } scopes ? new(scopes.All, scopes.Any) : null;
        _claims = [.. auth.Claims.Select(claim => new ClaimRule(claim.Key, new(claim.Value.All, claim.Value.Any)))];
        _groups = auth.Groups is { } groups ? new(groups.All, groups.Any) : null;
        _plans = auth.Plans is { } plans ? new(plans.All, plans.Any) : null;
        _missing = new(GatewayError.CredentialsMissing)
        {
            Detail = $"This route has conditions that an anonymous caller cannot meet. {CredentialsWanted.Of(route)}",
            Headers = Challenges.For(auth.Any.Any(route.Config.Issuers.ContainsKey), auth.Any.Contains("apiKey")),
        };
    }

    /// <summary>The rules of a route; null: it has no conditions.</summary>
    public static RouteRules? Of(EffectiveRoute route)
    {
        var rules = route.Auth is null ? null : new RouteRules(route);
        return rules is { _scopes: null, _claims.Count: 0, _groups: null, _plans: null } ? null : rules;
    }

    /// <summary>What this caller lacks; null: nothing.</summary>
    public Failure? Check(Caller caller) =>
        caller.Kind == CallerKind.Anonymous ? _missing
        : _scopes?.IsMetBy(caller.Scopes) is false ? LackingScopes(caller, _scopes)
        : _claims.FirstOrDefault(claim => !claim.IsMetBy(caller.Claims)) is { } claim ? Lacking($"claims.{claim.Name}", "The token's claims do not meet this route's rule.")
        : _groups?.IsMetBy(caller.Groups) is false ? Lacking("groups", "The consumer is not in the groups that this route asks for.")
        : _plans?.IsMetByOne(caller.Plan) is false ? Lacking("plans", "The consumer's plan does not include this route.")
        : null;

    private static Failure LackingScopes(Caller caller, Requirement scopes)
    {
        var failure = Lacking("scopes", "The credential lacks a scope that this route asks for.");
        return caller.Kind == CallerKind.Token ? failure with { Headers = Challenges.InsufficientScope(scopes.Named) } : failure;
    }

    private static Failure Lacking(string rule, string detail) => new(GatewayError.Forbidden) { Detail = detail, Members = [new("rule", rule)] };
}
