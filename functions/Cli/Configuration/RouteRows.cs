using Gateway;
using Gateway.Routing;

namespace Cli.Configuration;

/// <summary>A route as a list shows it.</summary>
internal static class RouteRows
{
    public static RouteRow Of(EffectiveRoute route)
    {
        var (action, target) = Action(route);
        return new(
            route.Name,
            route.Host,
            [.. route.Matches.Select((match, index) => new MatchRow(match.Methods, match.Path, [.. new RouteEntry(route, 0, index).Conditions.Select(condition => condition.ToString())], match.Priority))],
            route.Auth?.Any ?? [],
            route.Limits ?? [],
            action,
            target);
    }

    private static (string? Action, string? Target) Action(EffectiveRoute route) => route switch
    {
        { Forward: { } forward } => ("forward", string.Join(", ", forward.To.Count == 1 ? forward.To.Keys : forward.To.Select(share => $"{share.Key} {share.Value}%"))),
        { Compose: { } parts } => ("compose", string.Join(", ", parts.Keys)),
        { Respond: { } respond } => ("respond", $"{respond.Status}"),
        { Redirect: { } redirect } => ("redirect", $"{redirect.Status} {redirect.To}"),
        _ => (null, null),
    };
}
