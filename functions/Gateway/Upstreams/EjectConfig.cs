namespace Gateway.Upstreams;

/// <summary>When a url is set aside. Never are all of them.</summary>
public sealed record EjectConfig
{
    /// <summary>After so many failures in a row. Default 5.</summary>
    public int After { get; init; } = 5;

    /// <summary>For so long. Default 30s.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(30);
}
