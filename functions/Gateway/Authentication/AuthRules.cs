using Gateway.Configuration;

namespace Gateway.Authentication;

/// <summary>What makes a level's auth wrong.</summary>
internal sealed class AuthRules : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config) =>
        from level in SettingsLevel.AllOf(config)
        where level.Settings.Auth is not null
        from error in Check([.. level.Path, "auth"], level.Settings.Auth!, config)
        select error;

    private static IEnumerable<ConfigError> Check(IReadOnlyList<string> path, AuthConfig auth, GatewayConfig config) =>
        [.. Credentials(path, auth, config), .. Conditions(path, auth, config)];

    private static IEnumerable<ConfigError> Credentials(IReadOnlyList<string> path, AuthConfig auth, GatewayConfig config)
    {
        if (auth.Any.Count == 0)
        {
            yield return new([.. path, "any"], "No credential is named.", "Write anonymous, apiKey, or the names of issuers.");
        }

        string[] known = [AuthConfig.Anonymous, AuthConfig.ApiKey, .. config.Issuers.Keys];
        for (var index = 0; index < auth.Any.Count; index++)
        {
            var name = auth.Any[index];
            IReadOnlyList<string> at = [.. path, "any", $"{index}"];
            if (name == AuthConfig.Mesh)
            {
                yield return new(at, "auth: mesh is not supported yet.", "Use apiKey or an issuer until it is.") { NotSupportedYet = true };
            }
            else if (!known.Contains(name, StringComparer.Ordinal))
            {
                yield return new(at, $"There is no issuer '{name}'.", NearestName.Mend(name, known, ""));
            }
            else if (auth.Any.Take(index).Contains(name))
            {
                yield return new(at, $"'{name}' stands here twice.", "Write it once.");
            }
        }
    }

    private static IEnumerable<ConfigError> Conditions(IReadOnlyList<string> path, AuthConfig auth, GatewayConfig config)
    {
        var keys = new List<string>();
        if (auth.Scopes is not null)
        {
            keys.Add("scopes");
        }

        if (auth.Claims.Count > 0)
        {
            keys.Add("claims");
        }

        if (auth.Groups is not null)
        {
            keys.Add("groups");
        }

        if (auth.Plans is not null)
        {
            keys.Add("plans");
        }

        if (keys.Count > 0 && auth.Any.Count > 0 && auth.Any.All(name => name == AuthConfig.Anonymous))
        {
            yield return new([.. path, keys[0]], $"Nobody who is anonymous has {keys[0]}: this route could never be called.", $"Remove {keys[0]}, or name another credential.") { AtKey = true };
        }

        if (auth.Claims.Count > 0 && auth.Any.Count > 0 && auth.Any.All(name => name is AuthConfig.Anonymous or AuthConfig.ApiKey))
        {
            yield return new([.. path, "claims"], "Only tokens have claims, and no issuer is named here.", "Name an issuer, or use scopes or groups: API keys carry those too.") { AtKey = true };
        }

        foreach (var error in Empties(path, auth).Concat(Plans(path, auth, config)))
        {
            yield return error;
        }
    }

    private static IEnumerable<ConfigError> Empties(IReadOnlyList<string> path, AuthConfig auth)
    {
        (IReadOnlyList<string> Path, RequirementConfig? Value)[] all =
        [
            ([.. path, "scopes"], auth.Scopes), ([.. path, "groups"], auth.Groups), ([.. path, "plans"], auth.Plans),
            .. auth.Claims.Select(claim => ((IReadOnlyList<string>)[.. path, "claims", claim.Key], (RequirementConfig?)claim.Value)),
        ];
        return from one in all
               where one.Value is { All.Count: 0, Any.Count: 0 }
               select new ConfigError(one.Path, "Nothing is demanded here.", "Name a value, a list of values, or { any: [a, b] }.") { AtKey = true };
    }

    private static IEnumerable<ConfigError> Plans(IReadOnlyList<string> path, AuthConfig auth, GatewayConfig config)
    {
        if (auth.Plans is null)
        {
            yield break;
        }

        if (auth.Plans.All.Count > 1)
        {
            yield return new([.. path, "plans"], "A consumer has one plan and never all of several.", $"Write plans: {{ any: [{string.Join(", ", auth.Plans.All)}] }}.");
        }

        foreach (var (name, list, index) in auth.Plans.All.Select((name, index) => (name, "all", index)).Concat(auth.Plans.Any.Select((name, index) => (name, "any", index))))
        {
            if (!config.Plans.ContainsKey(name))
            {
                yield return new([.. path, "plans", list, $"{index}"], $"There is no plan '{name}'.", NearestName.Mend(name, [.. config.Plans.Keys], "Add it under plans."));
            }
        }
    }
}
