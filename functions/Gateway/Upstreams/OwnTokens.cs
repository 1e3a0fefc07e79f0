using System.Collections.Concurrent;
using Azure.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Upstreams;

/// <summary>Live state: the tokens of the gateway's own identity, one for each scope, whichever services want it.</summary>
/// <param name="identity">Null: this process has none.</param>
internal sealed class OwnTokens(TokenCredential? identity, TimeProvider time, UpstreamMetrics metrics, ILogger<OwnToken> logger)
{
    private readonly ConcurrentDictionary<string, OwnToken> _byScope = new(StringComparer.Ordinal);

    public OwnToken For(string scope) => _byScope.GetOrAdd(scope, scope => new(
        scope,
        identity ?? throw new NotSupportedException("This process has no identity of its own. Register a TokenCredential beside AddGateway."),
        time,
        new(metrics, logger)));
}

/// <summary>Where tokens report to.</summary>
internal sealed record TokenReport(UpstreamMetrics Metrics, ILogger Logger);
