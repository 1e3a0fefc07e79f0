namespace Gateway.Forwarding;

/// <summary>Query parameters that are set or removed; what is set replaces what was there.</summary>
public sealed record QueryRulesConfig
{
    /// <summary>Values by parameter name; templates are filled in.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new OrderedDictionary<string, string>();

    /// <summary>Names of parameters to remove.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];
}
