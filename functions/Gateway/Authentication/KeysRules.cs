using Gateway.Configuration;

namespace Gateway.Authentication;

/// <summary>What makes the settings of API keys wrong.</summary>
internal sealed class KeysRules : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config)
    {
        foreach (var error in FieldNames.CheckTokens(["keys", "headers"], config.Keys.Headers))
        {
            yield return error;
        }

        foreach (var (index, name) in config.Keys.Headers.Index())
        {
            if (name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
            {
                yield return new(["keys", "headers", $"{index}"], "Authorization: ApiKey … is always read.", "Remove it from the list.");
            }
            else if (name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) || name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                yield return new(["keys", "headers", $"{index}"], $"'{name}' has a meaning of its own.", "Use a header such as x-api-key.");
            }
        }
    }
}
