using Gateway.Configuration;

namespace Gateway.Upstreams;

/// <summary>When a call is repeated.</summary>
public sealed record RetryConfig
{
    /// <summary>Attempts in all, the first included. Default 2.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>What is repeated: connect (default), 429, 502, 503, 504. The statuses only for idempotent methods, with bodies kept up to 1MB.</summary>
    [AnyScalar]
    public IReadOnlyList<string> On { get; init; } = ["connect"];
}
