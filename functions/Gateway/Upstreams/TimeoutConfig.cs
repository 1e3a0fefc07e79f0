using Gateway.Configuration;

namespace Gateway.Upstreams;

/// <summary>How long is waited for a service.</summary>
[Plain(nameof(FirstByte))]
public sealed record TimeoutConfig
{
    /// <summary>For a connection. Default 2s.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For the answer's header fields, from when the request is sent. Default 10s.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>With no byte moving in either direction. Default 60s.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);
}
