using Records.Trust;

namespace ControlPlane.Certificates;

/// <summary>How the mesh stands: what the newest bundle says, and who acts on it.</summary>
internal sealed record MeshState
{
    /// <summary>The instant, by the control plane's clock, that this is about.</summary>
    public required DateTimeOffset At { get; init; }

    public required string TrustDomain { get; init; }

    /// <summary>Of the newest bundle.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the newest bundle was published.</summary>
    public required DateTimeOffset Issued { get; init; }

    /// <summary>All that are trusted.</summary>
    public required IReadOnlyList<AuthorityState> Authorities { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<WorkloadState> Workloads { get; init; }

    /// <summary>The live ones.</summary>
    public required IReadOnlyList<PeerState> Peers { get; init; }

    /// <summary>Certificates that are refused although they have not expired.</summary>
    public required IReadOnlyList<RefusedSerial> Refused { get; init; }
}
