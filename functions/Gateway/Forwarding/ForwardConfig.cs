using Gateway.Configuration;
using Gateway.Upstreams;

namespace Gateway.Forwarding;

/// <summary>Pass the request on. A plain text is the service's name.</summary>
[Plain(nameof(To))]
public sealed record ForwardConfig
{
    /// <summary>Services and their shares of the requests, 100 in all. A plain name is all of them.</summary>
    [TextForm(typeof(SharesForm))]
    public required IReadOnlyDictionary<string, int> To { get; init; }

    /// <summary>What keeps a caller with one of several services: consumer, address, header x, cookie x. Unset: nothing.</summary>
    public string? Sticky { get; init; }

    /// <summary>The path that is sent. Unset: the path as matched.</summary>
    public PathRuleConfig? Path { get; init; }

    /// <summary>Query parameters that are set or removed.</summary>
    public QueryRulesConfig? Query { get; init; }

    /// <summary>Headers that are set or removed.</summary>
    public HeaderRulesConfig? Headers { get; init; }
}
