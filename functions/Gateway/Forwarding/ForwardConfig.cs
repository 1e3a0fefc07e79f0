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

/// <summary>The path that is sent. A plain text is a template.</summary>
[Plain(nameof(Template))]
public sealed record PathRuleConfig
{
    /// <summary>A template such as /internal/{id}.</summary>
    [NoKey]
    public string? Template { get; init; }

    /// <summary>A prefix that is cut off.</summary>
    public string? Strip { get; init; }

    /// <summary>A regular expression over the raw path; goes with <see cref="Replace"/>.</summary>
    public string? Pattern { get; init; }

    /// <summary>What the match is replaced by; $1 is the first group.</summary>
    public string? Replace { get; init; }
}

/// <summary>Query parameters that are set or removed; what is set replaces what was there.</summary>
public sealed record QueryRulesConfig
{
    /// <summary>Values by parameter name; templates are filled in.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new OrderedDictionary<string, string>();

    /// <summary>Names of parameters to remove.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];
}
