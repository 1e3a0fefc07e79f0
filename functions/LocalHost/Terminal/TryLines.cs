using System.Text.RegularExpressions;
using Gateway;
using Gateway.Authentication;
using Gateway.Routing;
using LocalHost.Issuer;

namespace LocalHost.Terminal;

/// <summary>The lines that a user is offered to try: requests that routes of the configuration take, each with a credential that is good there.</summary>
internal sealed partial class TryLines(GatewayConfig config, string issuerUrl)
{
    private const int Most = 3;

    /// <summary>Those of the sample configuration: a key, a token and none, and what is worth seeing.</summary>
    public static IReadOnlyList<string> OfSamples { get; } =
    [
        """curl -H "X-Api-Key: $API_KEY" $GATEWAY_URL/orders""",
        """curl -H "Authorization: Bearer $TOKEN" $GATEWAY_URL/overview/ada""",
        """curl "$GATEWAY_URL/public/echo/hello?name=you" """.TrimEnd(),
    ];

    private readonly RouteTable _table = RouteTable.Build(EffectiveRoute.AllOf(config));

    /// <summary>Up to three, with as many kinds of credentials as there are; the gateway's own where no route can be called so simply.</summary>
    public IReadOnlyList<string> All()
    {
        var calls = from route in _table.Routes
                    where route.Redirect is null
                    let credential = CredentialFor(route)
                    where credential is not null
                    from match in route.Matches
                    let path = PathOf(match, route)
                    where path is not null
                    orderby match.Path.Contains('{', StringComparison.Ordinal) // a value that is made up may lead to nothing
                    select (Credential: credential, Line: $"curl {credential}$GATEWAY_URL{path}");
        var all = calls.Distinct().ToList();
        var firsts = all.DistinctBy(call => call.Credential).ToList();
        return all.Count > 0 ? [.. firsts.Concat(all.Except(firsts)).Take(Most).Select(call => call.Line)] : ["curl $GATEWAY_URL/_gateway/ready"];
    }

    // What stands before the address; null: the credentials of dev.env are not enough here.
    private string? CredentialFor(EffectiveRoute route) => route.Auth switch
    {
        { Groups: null, Plans: null, Claims.Count: 0 } auth when auth.Scopes is not { } scopes || HasScopes(scopes) =>
            auth.Any.Contains(AuthConfig.Anonymous) && auth.Scopes is null ? ""
            : auth.Any.Contains(AuthConfig.ApiKey) ? KeyHeader
            : auth.Any.Any(IsOurs) ? """-H "Authorization: Bearer $TOKEN" """
            : null,
        _ => null,
    };

    private string KeyHeader => config.Keys.Headers switch
    {
        [] => """-H "Authorization: ApiKey $API_KEY" """,
        [var name, ..] when name.Equals("x-api-key", StringComparison.OrdinalIgnoreCase) => """-H "X-Api-Key: $API_KEY" """,
        [var name, ..] => $"-H \"{name}: $API_KEY\" ",
    };

    private static bool HasScopes(RequirementConfig scopes) =>
        scopes.All.All(DevConsumer.Scopes.Contains) && (scopes.Any.Count == 0 || scopes.Any.Any(DevConsumer.Scopes.Contains));

    private bool IsOurs(string credential) => config.Issuers.TryGetValue(credential, out var issuer)
        && issuer.Authority.TrimEnd('/') == issuerUrl
        && issuer.Audiences.Contains(TokenRequest.DefaultAudience);

    // A path that this route gets on this host without further headers or query, and that a shell leaves as it is.
    private string? PathOf(MatchConfig match, EffectiveRoute route)
    {
        var path = Variable().Replace(match.Path, variable => variable.Value.StartsWith("{**", StringComparison.Ordinal) ? "hello" : "1");
        return Plain().IsMatch(path)
            && _table.Explain(new("localhost", "GET", path, "", new HeaderDictionary())).Any(verdict => verdict.Outcome == RouteOutcome.Won && verdict.Route == route.Name)
            ? path
            : null;
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^/[A-Za-z0-9/_.~%:@,+=-]*$")]
    private static partial Regex Plain();
}
