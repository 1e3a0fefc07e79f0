using Gateway.Upstreams;

namespace Gateway.ResponseRules;

/// <summary>Rules for the answer on its way back.</summary>
public sealed record ResponseConfig
{
    /// <summary>Headers that are set or removed.</summary>
    public HeaderRulesConfig Headers { get; init; } = new();
}
