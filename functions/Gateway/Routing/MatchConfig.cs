using Gateway.Configuration;

namespace Gateway.Routing;

/// <summary>Which requests a route takes.</summary>
[TextForm(typeof(MatchForm))]
public sealed record MatchConfig
{
    /// <summary>Methods, in capitals. Empty: any.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Path template: literals, {name} for one segment, {**rest} for all that follows.</summary>
    public required string Path { get; init; }

    /// <summary>Conditions on request headers, by name; names compare without regard to case.</summary>
    public IReadOnlyDictionary<string, ConditionConfig> Headers { get; init; } = new OrderedDictionary<string, ConditionConfig>();

    /// <summary>Conditions on query parameters, by name; names compare with regard to case.</summary>
    public IReadOnlyDictionary<string, ConditionConfig> Query { get; init; } = new OrderedDictionary<string, ConditionConfig>();

    /// <summary>Decides last, before a tie: the higher wins. Default 0.</summary>
    public int Priority { get; init; }
}
