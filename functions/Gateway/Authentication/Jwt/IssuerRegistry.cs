using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Gateway.Authentication.Jwt;

/// <summary>Live state: all issuers that any configuration has named, by their settings, so that a reload keeps their keys and remembered tokens.</summary>
internal sealed class IssuerRegistry(IssuerClient client, TimeProvider time, JwtMetrics metrics, ILogger<IssuerRegistry> logger)
{
    private readonly ConcurrentDictionary<string, Issuer> _issuers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Authority, bool IsIssuerStated), IssuerKeys> _keys = new();

    /// <summary>The issuer of these settings. What a configuration no longer names stays: it is small, has no timer, and nobody asks for it.</summary>
    public Issuer Find(string name, IssuerConfig config) => _issuers.GetOrAdd(Settings(name, config), _ => new(name, config, KeysOf(name, config)));

    // The audiences, sizes and claims that a gateway wants change nothing about the keys that the authority publishes.
    private IssuerKeys KeysOf(string name, IssuerConfig config) => _keys.GetOrAdd(
        (config.Authority, config.Issuer is not null), key => new(key.Authority, key.IsIssuerStated, client, time, new(name, metrics, logger)));

    // Lists in records compare by reference, so that equality is spelled out. The separator can stand in no YAML scalar.
    private static string Settings(string name, IssuerConfig config) => string.Join('\0',
    [
        name, config.Authority, config.Issuer ?? "", config.Consumer, config.MaxToken.ToString(),
        "audiences", .. config.Audiences, "algorithms", .. config.Algorithms, "types", .. config.Types, "scopes", .. config.ScopesFrom,
    ]);
}
