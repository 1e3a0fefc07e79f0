using System.Text.RegularExpressions;

namespace Gateway.Configuration;

/// <summary>The version, and what every name must be.</summary>
internal sealed partial class GatewayConfigRules : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config)
    {
        if (config.Version != 1)
        {
            yield return new(["version"], $"Version {config.Version} of the language is not known.", "Write version: 1.");
        }

        foreach (var (section, names) in Sections(config))
        {
            foreach (var name in names.Where(name => !Name().IsMatch(name)))
            {
                yield return new([.. section, name], $"'{name}' is not a valid name.", "Use up to 80 letters, digits, '-', '_' and '.', beginning with a letter or a digit.") { AtKey = true, IsOfItsOwn = true };
            }
        }
    }

    private static IEnumerable<(IReadOnlyList<string> Section, IEnumerable<string> Names)> Sections(GatewayConfig config)
    {
        yield return (["issuers"], config.Issuers.Keys);
        yield return (["services"], config.Services.Keys);
        yield return (["limits"], config.Limits.Keys);
        yield return (["plans"], config.Plans.Keys);
        yield return (["apis"], config.Apis.Keys);
        yield return (["routes"], config.Routes.Keys);
        foreach (var (name, api) in config.Apis)
        {
            yield return (["apis", name, "routes"], api.Routes.Keys);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}\z")]
    private static partial Regex Name();
}
