namespace Gateway.Cors;

/// <summary>Cross-origin resource sharing, by the Fetch standard.</summary>
public sealed record CorsConfig
{
    /// <summary>Origins such as https://app.contoso.com, https://*.contoso.com, or "*" for any (not with credentials).</summary>
    public required IReadOnlyList<string> Origins { get; init; }

    /// <summary>Methods that a preflight may ask for. Default: the methods of the route.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Request headers that a preflight may ask for. Default: none beyond the safelisted ones.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Response headers that scripts may read.</summary>
    public IReadOnlyList<string> Expose { get; init; } = [];

    /// <summary>True: cookies and Authorization may be sent. Default false.</summary>
    public bool Credentials { get; init; }

    /// <summary>How long a preflight's answer may be kept. Unset: the browser's default (5s).</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>True: pages on public addresses may call private ones. Default false.</summary>
    public bool PrivateNetwork { get; init; }
}
