using Gateway.Configuration;

namespace Gateway;

/// <summary>What every route needs, and what no level may say twice.</summary>
internal sealed class RouteSettingsRules : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config)
    {
        foreach (var level in SettingsLevel.AllOf(config))
        {
            string[] actions = [.. Actions(level.Settings)];
            if (actions.Length > 1)
            {
                yield return new([.. level.Path, actions[^1]], $"Two actions stand here: {string.Join(" and ", actions)}.", "A request has one action: keep one of them.") { AtKey = true };
            }

            if (level.Settings.Timeout is { } timeout && timeout <= TimeSpan.Zero)
            {
                yield return new([.. level.Path, "timeout"], "A time-out of zero would end every request.", "Write a duration such as 10s, or remove it.");
            }
        }

        foreach (var route in RouteLevels.AllOf(config))
        {
            if (route.Nearest(settings => settings.Auth) is null)
            {
                yield return new(route.Path, $"The route '{route.Name}' says nowhere who may call it.", "Add auth to the route, its api or defaults: apiKey, the name of an issuer, or anonymous.") { AtKey = true, IsOfItsOwn = true };
            }

            if (route.Acting is null)
            {
                yield return new(route.Path, $"The route '{route.Name}' has no action.", "Add one to the route, its api or defaults: forward, compose, respond or redirect.") { AtKey = true, IsOfItsOwn = true };
            }
        }
    }

    private static IEnumerable<string> Actions(RouteSettings settings)
    {
        if (settings.Forward is not null)
        {
            yield return "forward";
        }

        if (settings.Compose is not null)
        {
            yield return "compose";
        }

        if (settings.Respond is not null)
        {
            yield return "respond";
        }

        if (settings.Redirect is not null)
        {
            yield return "redirect";
        }
    }
}
