using Gateway.Configuration;
using Gateway.Routing;

namespace Gateway;

/// <summary>One route: which requests it takes and what happens to them. A plain text is a route that is only a match.</summary>
[Plain(nameof(Match))]
public sealed record RouteConfig : RouteSettings
{
    /// <summary>Which requests: "METHOD /path", a list of these, or a mapping with conditions.</summary>
    public required IReadOnlyList<MatchConfig> Match { get; init; }
}
