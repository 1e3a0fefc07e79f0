using Gateway.Secrets;
using Microsoft.Extensions.Logging;

namespace Gateway.Upstreams;

/// <summary>What every live service is made from.</summary>
internal sealed record UpstreamParts(
    IUpstreamHandlers Handlers, UpstreamMetrics Metrics, SecretShelf Secrets, OwnTokens Tokens, TimeProvider Time, Random Random, ILogger<Upstream> Logger);
