using Gateway.Configuration;
using Gateway.Secrets;

namespace Gateway.Authentication;

/// <summary>Puts secrets of the vault into the settings of issuers, where they are texts.</summary>
internal static class IssuerSecrets
{
    private static readonly IssuerRules _rules = new();

    public static bool Concern(SecretReference reference) => reference.Path is ["issuers", ..];

    /// <exception cref="SecretsLackException">What the vault holds would be a mistake if it stood in the file.</exception>
    public static GatewayConfig Fill(GatewayConfig config, SecretsTaken secrets)
    {
        if (!secrets.References.Any(Concern))
        {
            return config;
        }

        var filled = config with { Issuers = new OrderedDictionary<string, IssuerConfig>(config.Issuers.Select(issuer => KeyValuePair.Create(issuer.Key, Fill(issuer.Value, secrets)))) };
        var errors = _rules.Check(filled).Select(error => Placed(error, secrets)).Distinct().ToList();
        return errors.Count == 0 ? filled : throw new SecretsLackException(errors);
    }

    private static IssuerConfig Fill(IssuerConfig issuer, SecretsTaken secrets) => issuer with
    {
        Authority = secrets.Fill(issuer.Authority),
        Audiences = Fill(issuer.Audiences, secrets),
        Issuer = issuer.Issuer is { } stated ? secrets.Fill(stated) : null,
        Algorithms = Fill(issuer.Algorithms, secrets),
        Types = Fill(issuer.Types, secrets),
        ScopesFrom = Fill(issuer.ScopesFrom, secrets),
        Consumer = secrets.Fill(issuer.Consumer),
    };

    private static string[] Fill(IReadOnlyList<string> texts, SecretsTaken secrets) => [.. texts.Select(secrets.Fill)];

    // What a rule says may hold the value, so only the place of it is passed on. A list of one may be written as that one.
    private static ConfigError Placed(ConfigError error, SecretsTaken secrets)
    {
        var reference = secrets.References.First(known => Concern(known) && error.Path.Take(known.Path.Count).SequenceEqual(known.Path));
        return reference.Error($"What the vault holds as '{reference.Name}' cannot stand here.", $"Set a secret there that fits {string.Join('.', reference.Path)}.");
    }
}
