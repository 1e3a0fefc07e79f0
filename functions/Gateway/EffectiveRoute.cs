using Gateway.Routing;

namespace Gateway;

/// <summary>One route with everything that it inherits filled in: what the stages compile from.</summary>
public sealed record EffectiveRoute : RouteSettings
{
    /// <summary>Unique name: "api/route", or "route" for those without an api.</summary>
    public required string Name { get; init; }

    /// <summary>Host of the api's <c>at</c>: exact, "*.suffix", or null for any.</summary>
    public string? Host { get; init; }

    /// <summary>The matches with the api's path in front of each.</summary>
    public required IReadOnlyList<MatchConfig> Matches { get; init; }

    /// <summary>The whole configuration, for what is looked up by name.</summary>
    public required GatewayConfig Config { get; init; }

    /// <summary>Fills in what every route of a configuration inherits.</summary>
    public static IReadOnlyList<EffectiveRoute> AllOf(GatewayConfig config)
    {
        var routes = new List<EffectiveRoute>();
        foreach (var (apiName, api) in config.Apis)
        {
            var (host, prefix) = Split(api.At);
            routes.AddRange(api.Routes.Select(route => Inherit(config, $"{apiName}/{route.Key}", host, prefix, route.Value, api, config.Defaults)));
        }

        routes.AddRange(config.Routes.Select(route => Inherit(config, route.Key, null, "", route.Value, config.Defaults)));
        return routes;
    }

    /// <summary>Splits an api's <c>at</c> into its host (null: any) and its path (empty: none).</summary>
    internal static (string? Host, string Path) Split(string? at)
    {
        var slash = (at ??= "").IndexOf('/');
        var (host, path) = slash < 0 ? (at, "") : (at[..slash], at[slash..].TrimEnd('/'));
        return (host.Length == 0 ? null : host.ToLowerInvariant(), path);
    }

    // Nearest first: the first level that sets a key gives the whole of it.
    private static EffectiveRoute Inherit(GatewayConfig config, string name, string? host, string prefix, RouteConfig route, params ReadOnlySpan<RouteSettings> above)
    {
        var levels = new List<RouteSettings> { route };
        levels.AddRange(above);
        var acting = levels.Find(level => level.HasAction);
        return new()
        {
            Name = name,
            Host = host,
            Matches = [.. route.Match.Select(match => match with { Path = prefix + match.Path })],
            Config = config,
            Auth = First(levels, level => level.Auth),
            Limits = First(levels, level => level.Limits),
            Cors = First(levels, level => level.Cors),
            Addresses = First(levels, level => level.Addresses),
            Body = First(levels, level => level.Body),
            Timeout = levels.Find(level => level.Timeout is not null)?.Timeout,
            Response = First(levels, level => level.Response),
            Forward = acting?.Forward,
            Compose = acting?.Compose,
            Respond = acting?.Respond,
            Redirect = acting?.Redirect,
        };
    }

    private static T? First<T>(List<RouteSettings> levels, Func<RouteSettings, T?> key)
        where T : class => levels.Select(key).FirstOrDefault(value => value is not null);
}
