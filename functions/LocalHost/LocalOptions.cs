namespace LocalHost;

/// <summary>What the command line asks for.</summary>
internal sealed record LocalOptions
{
    /// <summary>The gateway's configuration. Unset: functions/FrontDoor/gateway.yaml, the one that is deployed.</summary>
    public string? Config { get; init; }

    /// <summary>Port of the front door; 0: any free one. Unset: 7071.</summary>
    public int? Port { get; init; }

    /// <summary>Port of a cleartext HTTP/2 listener, as gRPC needs; 0: any free one. Unset: none.</summary>
    public int? Http2Port { get; init; }

    /// <summary>True: the sample services are not started.</summary>
    public bool NoSamples { get; init; }

    /// <summary>True: begin with an empty folder.</summary>
    public bool Fresh { get; init; }

    /// <summary>The folder for keys, storage and dev.env. Unset: .local beside the solution.</summary>
    public string? Folder { get; init; }

    /// <summary>True: only another front door, beside the local host that runs in the folder; on any free port, unless one is set.</summary>
    public bool Join { get; init; }

    /// <summary>True: rotations are left to the control plane's function app, and what it and the front door's need is written into the folder.</summary>
    public bool Functions { get; init; }

    /// <inheritdoc cref="Gateway.GatewayOptions.StampAdmissions"/>
    public bool StampAdmissions { get; init; }

    /// <summary>For tests of rotations: how long certificates of the mesh live; its other times are in proportion. Unset: a day.</summary>
    public TimeSpan? LeafLife { get; init; }

    /// <inheritdoc cref="Gateway.GatewayOptions.ReleasePeriod"/>
    public TimeSpan? ReleasePeriod { get; init; }

    /// <inheritdoc cref="Gateway.GatewayOptions.SecretRefresh"/>
    public TimeSpan? SecretRefresh { get; init; }

    /// <summary>True: whatever has no port on the command line takes a free one, so that several can run side by side.</summary>
    public bool FreePorts { get; init; }
}
