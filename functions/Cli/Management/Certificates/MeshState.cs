namespace Cli.Management.Certificates;

/// <summary>How the mesh stands, as the management API describes it.</summary>
internal sealed record MeshState
{
    public required DateTimeOffset At { get; init; }

    public required string TrustDomain { get; init; }

    /// <summary>Of the newest trust bundle.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset Issued { get; init; }

    public required IReadOnlyList<AuthorityState> Authorities { get; init; }

    public required IReadOnlyList<WorkloadState> Workloads { get; init; }

    /// <summary>The live ones.</summary>
    public required IReadOnlyList<PeerState> Peers { get; init; }

    public required IReadOnlyList<RefusedSerial> Refused { get; init; }

    /// <summary>The same without what changes by itself, so that two can be compared.</summary>
    public MeshState WithoutAges() => this with { At = default, Peers = [.. Peers.Select(peer => peer with { Heartbeat = default })] };
}

/// <summary>A certificate authority that the mesh trusts.</summary>
internal sealed record AuthorityState(string Id, string Serial, bool Signs, DateTimeOffset Issued, DateTimeOffset Expires, Rotation? Rotation);

/// <summary>A service and its certificate.</summary>
internal sealed record WorkloadState(string Service, LeafVersion? InUse, LeafVersion? Candidate, int Peers, int Acknowledged, Rotation? Rotation);

/// <summary>One version of a service's certificate.</summary>
internal sealed record LeafVersion(string Version, string Serial, string Authority, DateTimeOffset Issued, DateTimeOffset Expires);

/// <summary>A live instance of a service.</summary>
internal sealed record PeerState(string Service, string Instance, long Sequence, DateTimeOffset Heartbeat, string? Serial, bool Acknowledged, string? Problem);

/// <summary>A certificate that is refused although it has not expired.</summary>
internal sealed record RefusedSerial(string Serial, DateTimeOffset Until);
