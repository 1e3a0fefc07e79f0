using Gateway.Configuration;

namespace Gateway.Hosting;

/// <summary>What Azure Functions cannot do: found when a configuration is checked, not when a request fails.</summary>
internal sealed class FunctionsRules : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config) =>
        [.. Services(config), .. SettingsLevel.AllOf(config).SelectMany(Levels), .. RouteLevels.AllOf(config).SelectMany(Matches)];

    private static IEnumerable<ConfigError> Services(GatewayConfig config) =>
        from service in config.Services
        let timeout = service.Value.Timeout
        from part in new[] { ("connect", timeout.Connect), ("firstByte", timeout.FirstByte), ("idle", timeout.Idle) }
        where part.Item2 > FunctionsBounds.LongestSilence
        select TooLong(["services", service.Key, "timeout", part.Item1], part.Item2);

    private static IEnumerable<ConfigError> Levels(SettingsLevel level)
    {
        if (level.Settings.Timeout > FunctionsBounds.LongestSilence)
        {
            yield return TooLong([.. level.Path, "timeout"], level.Settings.Timeout.Value);
        }

        if (level.Settings.Body?.Max?.Bytes > FunctionsBounds.LargestBody.Bytes)
        {
            yield return new([.. level.Path, "body", "max"], $"Azure Functions takes bodies up to {FunctionsBounds.LargestBody}.", $"Write at most {FunctionsBounds.LargestBody}, or run the gateway as a container.");
        }
    }

    private static IEnumerable<ConfigError> Matches(RouteLevels route)
    {
        foreach (var (index, match) in route.Route.Match.Index())
        {
            IReadOnlyList<string> path = [.. route.Path, "match", $"{index}"];
            var first = (route.Prefix + match.Path).TrimStart('/').Split('/')[0];
            if (FunctionsBounds.ReservedPaths.Contains(first, StringComparer.OrdinalIgnoreCase))
            {
                yield return new([.. path, "path"], $"On Azure Functions /{first} belongs to the host, so that this route is never reached.", "Choose another path.");
            }

            foreach (var method in match.Methods.Where(method => !FunctionsBounds.Methods.Contains(method)))
            {
                yield return new([.. path, "methods"], $"On Azure Functions {method} does not reach the gateway.", $"Use {string.Join(", ", FunctionsBounds.Methods)}, or run the gateway as a container.");
            }
        }
    }

    private static ConfigError TooLong(IReadOnlyList<string> path, TimeSpan asked) => new(
        path,
        $"Azure Functions ends an exchange after {DurationText.Show(FunctionsBounds.LongestSilence)} of silence; this waits {DurationText.Show(asked)}.",
        $"Write at most {DurationText.Show(FunctionsBounds.LongestSilence)}, or run the gateway as a container.");
}
