using Gateway.Configuration;
using Gateway.Templates;

namespace Gateway.Composition;

/// <summary>What makes a composed answer wrong.</summary>
internal sealed class ComposeRules : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config) =>
    [
        .. from level in SettingsLevel.AllOf(config)
           where level.Settings.Compose is not null
           from error in Check([.. level.Path, "compose"], level.Settings.Compose!, config)
           select error,
        .. RouteLevels.AllOf(config).SelectMany(Timeouts),
        .. PathValues.Check(config, settings => settings.Compose is null ? [] : Uses(settings.Compose)),
    ];

    private static IEnumerable<ConfigError> Check(IReadOnlyList<string> path, IReadOnlyDictionary<string, ComposePartConfig> parts, GatewayConfig config)
    {
        ComposePlan.Build(parts, out var mistakes);
        foreach (var mistake in mistakes)
        {
            yield return mistake with { Path = [.. path, .. mistake.Path], AtKey = mistake.Path.Count < 2 };
        }

        foreach (var (name, part) in parts)
        {
            if (ComposeCall.TryParse(part.Call, out var call, out _) && !config.Services.ContainsKey(call.Service))
            {
                yield return new([.. path, name, "call"], $"There is no service '{call.Service}'.", NearestName.Mend(call.Service, [.. config.Services.Keys], "Add it under services."));
            }

            if (part.Timeout is { } timeout && timeout <= TimeSpan.Zero)
            {
                yield return new([.. path, name, "timeout"], "A time-out of zero would end every call.", "Write a duration such as 800ms, or remove it.");
            }

            if (part.Max.Bytes < 1)
            {
                yield return new([.. path, name, "max"], "No answer is so small.", "Write a size such as 1MB.");
            }
        }
    }

    // The one deadline is the route's: a part's own can only end earlier.
    private static IEnumerable<ConfigError> Timeouts(RouteLevels route) =>
        from level in new[] { route.Acting }
        where level?.Settings.Compose is not null
        let deadline = route.Nearest(settings => settings.Timeout)?.Settings.Timeout
        from part in level.Settings.Compose!
        where part.Value.Timeout > deadline
        select new ConfigError([.. level.Path, "compose", part.Key, "timeout"],
            $"The part waits {DurationText.Show(part.Value.Timeout!.Value)}, and the route '{route.Name}' ends after {DurationText.Show(deadline!.Value)}.",
            $"Write at most {DurationText.Show(deadline.Value)}, or a longer timeout for the route.");

    private static IEnumerable<TemplateUse> Uses(IReadOnlyDictionary<string, ComposePartConfig> parts)
    {
        foreach (var (name, part) in parts)
        {
            if (ComposeCall.TryParse(part.Call, out var call, out _))
            {
                yield return new(["compose", name, "call"], call.Target.Insertions);
            }

            if (part.Body is not null && JsonTemplate.TryParse(part.Body, TemplateSources.Composition, out var body, out _))
            {
                yield return new(["compose", name, "body"], [.. body.Insertions]);
            }
        }
    }
}
