using System.Text.RegularExpressions;
using Gateway.Configuration;

namespace Gateway.Templates;

/// <summary>What a template at some place of a level's settings asks for.</summary>
/// <param name="Path">The place, from the level.</param>
/// <param name="Insertions">What it asks for.</param>
internal readonly record struct TemplateUse(IReadOnlyList<string> Path, IReadOnlyList<Insertion> Insertions)
{
    /// <summary>A text that is no template asks for nothing; other rules say what is wrong with it.</summary>
    public static TemplateUse Of(IReadOnlyList<string> path, string text) =>
        new(path, Template.TryParse(text, TemplateSources.Composition, out var template, out _) ? template.Insertions : []);
}

/// <summary>Checks that every {name} of a template is a parameter of every path by which a request can come to it.</summary>
internal static partial class PathValues
{
    public static IEnumerable<ConfigError> Check(GatewayConfig config, Func<RouteSettings, IEnumerable<TemplateUse>> uses) =>
        from route in RouteLevels.AllOf(config)
        where route.Acting is not null
        from use in uses(route.Acting!.Settings)
        from insertion in use.Insertions
        where insertion.Source == TemplateSources.Path
        from match in route.Route.Match
        let names = Parameters().Matches(route.Prefix + match.Path).Select(name => name.Groups[1].Value).ToList()
        where !names.Contains(insertion.Name)
        select new ConfigError([.. route.Acting!.Path, .. use.Path],
            $"{{{insertion.Name}}} is not in the path {route.Prefix}{match.Path} of the route '{route.Name}'.",
            NearestName.Mend(insertion.Name, names, $"Add {{{insertion.Name}}} to the path, or insert something else."));

    [GeneratedRegex(@"\{(?:\*\*)?([A-Za-z0-9_-]+)\}")]
    private static partial Regex Parameters();
}
