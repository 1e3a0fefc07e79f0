using Gateway.Configuration;

namespace Gateway.Authentication;

/// <summary>What makes an issuer wrong.</summary>
internal sealed class IssuerRules : IConfigRule
{
    // RFC 7518 §3.1 without what is symmetric or none; EdDSA waits for the platform.
    private static readonly string[] _algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly string[] _reserved = [AuthConfig.Anonymous, AuthConfig.ApiKey, AuthConfig.Mesh];

    public IEnumerable<ConfigError> Check(GatewayConfig config)
    {
        foreach (var (name, issuer) in config.Issuers)
        {
            IReadOnlyList<string> path = ["issuers", name];
            if (_reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                yield return new(path, $"'{name}' is a credential of its own and cannot name an issuer.", "Use another name.") { AtKey = true, IsOfItsOwn = true };
            }

            foreach (var error in Addresses(path, issuer).Concat(Algorithms(path, issuer)).Concat(Texts(path, issuer)))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<ConfigError> Addresses(IReadOnlyList<string> path, IssuerConfig issuer)
    {
        if (SecretText.NameOf(issuer.Authority) is not null)
        {
            // Checked when it is known.
            yield break;
        }

        var isUrl = Uri.TryCreate(issuer.Authority, UriKind.Absolute, out var authority) && authority.Host.Length > 0 && authority.Scheme is "https" or "http";
        if (!isUrl || issuer.Authority.ContainsAny('?', '#') || authority!.UserInfo.Length > 0)
        {
            yield return new([.. path, "authority"], $"'{issuer.Authority}' is not the address of an issuer.", "Write an https url without a query, such as https://login.example/tenant/v2.0.");
        }
        else if (authority.Scheme == "http" && !authority.IsLoopback)
        {
            yield return new([.. path, "authority"], "An authority over http could be anybody.", "Write an https url; http is for localhost only.");
        }
    }

    private static IEnumerable<ConfigError> Algorithms(IReadOnlyList<string> path, IssuerConfig issuer)
    {
        if (issuer.Algorithms.Count == 0)
        {
            yield return new([.. path, "algorithms"], "No algorithm is accepted, so no token would be.", "Remove it for RS256, or name what the issuer signs with.");
        }

        foreach (var (name, index) in issuer.Algorithms.Select((name, index) => (name, index)).Where(item => SecretText.NameOf(item.name) is null))
        {
            IReadOnlyList<string> at = [.. path, "algorithms", $"{index}"];
            if (name.StartsWith("HS", StringComparison.OrdinalIgnoreCase))
            {
                yield return new(at, $"'{name}' is symmetric: whoever can check a token could make one.", "Use an algorithm with a public key, such as RS256 or ES256.");
            }
            else if (name.Equals("none", StringComparison.OrdinalIgnoreCase))
            {
                yield return new(at, "'none' is no signature.", "Use an algorithm with a public key, such as RS256 or ES256.");
            }
            else if (!_algorithms.Contains(name))
            {
                yield return new(at, $"'{name}' is not an algorithm that is known here.", NearestName.Mend(name, _algorithms, ""));
            }
        }
    }

    private static IEnumerable<ConfigError> Texts(IReadOnlyList<string> path, IssuerConfig issuer)
    {
        (string Name, IReadOnlyList<string> Values)[] lists = [("audiences", issuer.Audiences), ("types", issuer.Types), ("scopesFrom", issuer.ScopesFrom)];
        foreach (var (name, values) in lists)
        {
            if (values.Count == 0 && name != "scopesFrom")
            {
                yield return new([.. path, name], $"{name} is empty, so no token would be accepted.", "Name at least one value.");
            }

            foreach (var index in values.Index().Where(item => item.Item.Length == 0).Select(item => item.Index))
            {
                yield return new([.. path, name, $"{index}"], "An empty text stands here.", "Write a value, or remove it.");
            }
        }

        if (issuer.MaxToken.Bytes is < 256 or > 1024 * 1024)
        {
            yield return new([.. path, "maxToken"], $"{issuer.MaxToken} is not a sensible size for a token.", "Write 256B to 1MB; the default is 16KB.");
        }

        if (issuer.Consumer.Length == 0)
        {
            yield return new([.. path, "consumer"], "The claim has no name.", "Write a claim such as sub or azp.");
        }

        if (issuer.Issuer is { Length: 0 })
        {
            yield return new([.. path, "issuer"], "The issuer is empty.", "Write what the token's iss is, or remove it for what discovery says.");
        }
    }
}
