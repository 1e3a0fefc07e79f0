using System.Text.RegularExpressions;
using Gateway.Configuration;
using Gateway.Templates;
using Gateway.Upstreams;

namespace Gateway.Forwarding;

/// <summary>What makes a forward wrong.</summary>
internal sealed partial class ForwardRules : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config) =>
    [
        .. from level in SettingsLevel.AllOf(config)
           where level.Settings.Forward is not null
           from error in Check([.. level.Path, "forward"], level.Settings.Forward!, config)
           select error,
        .. PathValues.Check(config, settings => settings.Forward is null ? [] : Templates(settings.Forward)),
    ];

    private static IEnumerable<TemplateUse> Templates(ForwardConfig forward) =>
    [
        .. forward.Path?.Template is { } path ? [TemplateUse.Of(["forward", "path"], path)] : Array.Empty<TemplateUse>(),
        .. forward.Query?.Set.Select(set => TemplateUse.Of(["forward", "query", "set", set.Key], set.Value)) ?? [],
        .. forward.Headers?.Set.Select(set => TemplateUse.Of(["forward", "headers", "set", set.Key], set.Value)) ?? [],
    ];

    private static IEnumerable<ConfigError> Check(IReadOnlyList<string> path, ForwardConfig forward, GatewayConfig config) =>
        [.. Services(path, forward, config), .. Path([.. path, "path"], forward.Path), .. Query([.. path, "query"], forward.Query), .. Headers([.. path, "headers"], forward), .. Credentials([.. path, "headers"], forward, config)];

    private static IEnumerable<ConfigError> Services(IReadOnlyList<string> path, ForwardConfig forward, GatewayConfig config)
    {
        foreach (var (service, share) in forward.To)
        {
            if (!config.Services.ContainsKey(service))
            {
                yield return new([.. path, "to", service], $"There is no service '{service}'.", NearestName.Mend(service, [.. config.Services.Keys], "Add it under services.")) { AtKey = true };
            }

            if (share is < 1 or > 100)
            {
                yield return new([.. path, "to", service], $"{share} is not a share of 100.", "Write 1 to 100.");
            }
        }

        if (forward.To.Count == 0)
        {
            yield return new([.. path, "to"], "No service is named.", "Write the name of one.");
        }
        else if (forward.To.Values.Sum(share => (long)share) != 100)
        {
            yield return new([.. path, "to"], $"The shares add up to {forward.To.Values.Sum(share => (long)share)}.", "Let them add up to 100.");
        }

        if (forward.To.Count > 1)
        {
            yield return new([.. path, "to"], "Shares over several services are not supported yet.", "Forward to one service until they are.") { NotSupportedYet = true };
        }

        if (forward.Sticky is not null)
        {
            yield return new([.. path, "sticky"], "sticky is not supported yet.", "Remove it until it is.") { NotSupportedYet = true };
        }
    }

    private static IEnumerable<ConfigError> Path(IReadOnlyList<string> path, PathRuleConfig? rule)
    {
        if (rule is null)
        {
            return [];
        }

        string[] rules = [.. new[] { rule.Template is null ? null : "a template", rule.Strip is null ? null : "strip", rule.Pattern is null && rule.Replace is null ? null : "pattern" }.OfType<string>()];
        return rules.Length != 1
            ? [new(path, rules.Length == 0 ? "The path rule says nothing." : $"The path rule says several things: {string.Join(" and ", rules)}.", "Write a template, { strip: /v1 }, or { pattern: ^/old/(.*)$, replace: /new/$1 }.") { AtKey = true }]
            : [.. SentTemplate(path, rule.Template), .. Strip(path, rule.Strip), .. Pattern(path, rule)];
    }

    private static IEnumerable<ConfigError> SentTemplate(IReadOnlyList<string> path, string? template)
    {
        if (template is null)
        {
            yield break;
        }

        if (!template.StartsWith('/'))
        {
            yield return new([.. path, "template"], $"'{template}' does not begin with a slash.", $"Write /{template}.");
        }
        else if (template.ContainsAny('?', '#'))
        {
            yield return new([.. path, "template"], "A path has no query and no fragment.", "Set query parameters under query: { set: … }.");
        }
        else if (!Template.TryParse(template, TemplateSources.Request, out _, out var problem))
        {
            yield return new([.. path, "template"], problem, "Insert {name} from the path, {query.name}, {header.name} or {claim.name}.");
        }
    }

    private static IEnumerable<ConfigError> Strip(IReadOnlyList<string> path, string? strip)
    {
        if (strip is not null && (!strip.StartsWith('/') || strip.Length < 2 || strip.ContainsAny('{', '}') || strip.ContainsAny('?', '#')))
        {
            yield return new([.. path, "strip"], $"'{strip}' is not a prefix of paths.", "Write literal segments such as /v1.");
        }
    }

    private static IEnumerable<ConfigError> Pattern(IReadOnlyList<string> path, PathRuleConfig rule)
    {
        if (rule.Pattern is null && rule.Replace is null)
        {
            yield break;
        }

        if (rule.Pattern is null || rule.Replace is null)
        {
            yield return new(path, "pattern and replace go together.", "Write { pattern: ^/old/(.*)$, replace: /new/$1 }.") { AtKey = true };
            yield break;
        }

        var (regex, problem) = Compile(rule.Pattern);
        if (regex is null)
        {
            yield return new([.. path, "pattern"], problem!, "Write a pattern such as ^/old/(.*)$ without look-around, back-references and atomic groups.");
            yield break;
        }

        foreach (Match group in GroupUse().Matches(rule.Replace))
        {
            if (!regex.GetGroupNumbers().Contains(int.Parse(group.Groups[1].ValueSpan[..Math.Min(9, group.Groups[1].Length)], System.Globalization.CultureInfo.InvariantCulture)))
            {
                yield return new([.. path, "replace"], $"The pattern has no group {group.Value}.", $"It has {regex.GetGroupNumbers().Length - 1}; $0 is the whole match.");
            }
        }
    }

    // What can be matched without backtracking takes time linear in the path: it cannot blow up.
    private static (Regex? Regex, string? Problem) Compile(string pattern)
    {
        if (pattern.Length > 1000)
        {
            return (null, "The pattern is longer than 1000 characters.");
        }

        try
        {
            return (new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), null);
        }
        catch (NotSupportedException)
        {
            return (null, "The pattern can take time without bounds on some paths.");
        }
        catch (ArgumentException)
        {
            return (null, "The pattern is not a regular expression.");
        }
    }

    private static IEnumerable<ConfigError> Query(IReadOnlyList<string> path, QueryRulesConfig? rules) => rules is null ? [] :
        from set in rules.Set
        from error in Value([.. path, "set", set.Key], set.Value)
        select error;

    private static IEnumerable<ConfigError> Headers(IReadOnlyList<string> path, ForwardConfig forward) => forward.Headers is not { } rules ? [] :
    [
        .. FieldNames.CheckSent(path, new(rules.Set, rules.Remove)),
        .. rules.Set.SelectMany(set => Value([.. path, "set", set.Key], set.Value)),
    ];

    private static IEnumerable<ConfigError> Credentials(IReadOnlyList<string> path, ForwardConfig forward, GatewayConfig config) =>
        forward.To.Keys.Any(service => config.Services.GetValueOrDefault(service)?.Credential is not null) ? CredentialRules.CheckHeaders(path, forward.Headers) : [];

    private static IEnumerable<ConfigError> Value(IReadOnlyList<string> path, string value)
    {
        if (!Template.TryParse(value, TemplateSources.Request, out _, out var problem))
        {
            yield return new(path, problem, "Insert {name} from the path, {query.name}, {header.name} or {claim.name}.");
        }
    }

    [GeneratedRegex(@"(?<!\$)(?:\$\$)*\$([0-9]+)")]
    private static partial Regex GroupUse();
}
