namespace Gateway.Configuration;

/// <summary>Settings as they stand in the file, with their path.</summary>
internal sealed record SettingsLevel(IReadOnlyList<string> Path, RouteSettings Settings)
{
    /// <summary>Every place where settings can stand: the defaults, each api, each route.</summary>
    public static IEnumerable<SettingsLevel> AllOf(GatewayConfig config)
    {
        yield return new(["defaults"], config.Defaults);
        foreach (var (name, api) in config.Apis)
        {
            yield return new(["apis", name], api);
        }

        foreach (var route in RouteLevels.AllOf(config))
        {
            yield return route.Levels[0];
        }
    }
}

/// <summary>One route with the levels whose settings count for it, nearest first; for rules that must name the place of what is inherited.</summary>
/// <param name="Name">As elsewhere: "api/route", or "route".</param>
/// <param name="Route">The route as written.</param>
/// <param name="Prefix">The api's path.</param>
/// <param name="Levels">The route, its api if any, the defaults.</param>
internal sealed record RouteLevels(string Name, RouteConfig Route, string Prefix, IReadOnlyList<SettingsLevel> Levels)
{
    /// <summary>Path of the route in the file.</summary>
    public IReadOnlyList<string> Path => Levels[0].Path;

    /// <summary>The level whose action counts; null: none has one.</summary>
    public SettingsLevel? Acting => Levels.FirstOrDefault(level => level.Settings.HasAction);

    public static IEnumerable<RouteLevels> AllOf(GatewayConfig config)
    {
        var defaults = new SettingsLevel(["defaults"], config.Defaults);
        foreach (var (apiName, api) in config.Apis)
        {
            var (_, prefix) = EffectiveRoute.Split(api.At);
            foreach (var (name, route) in api.Routes)
            {
                yield return new($"{apiName}/{name}", route, prefix, [new(["apis", apiName, "routes", name], route), new(["apis", apiName], api), defaults]);
            }
        }

        foreach (var (name, route) in config.Routes)
        {
            yield return new(name, route, "", [new(["routes", name], route), defaults]);
        }
    }

    /// <summary>The nearest level that sets a key.</summary>
    public SettingsLevel? Nearest(Func<RouteSettings, object?> key) => Levels.FirstOrDefault(level => key(level.Settings) is not null);
}
