namespace Gateway.Upstreams;

/// <summary>Headers that are set or removed; what is set replaces what was there.</summary>
public sealed record HeaderRulesConfig
{
    /// <summary>Values by header name; templates where the place allows them.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new OrderedDictionary<string, string>();

    /// <summary>Names of headers to remove.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];
}
