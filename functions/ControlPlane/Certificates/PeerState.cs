namespace ControlPlane.Certificates;

/// <summary>A live instance of a service.</summary>
internal sealed record PeerState
{
    public required string Service { get; init; }

    /// <summary>Drawn at each start of a process.</summary>
    public required string Instance { get; init; }

    /// <summary>Of the bundle that it acts on; 0: none yet.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was last heard of, by storage's clock.</summary>
    public required DateTimeOffset Heartbeat { get; init; }

    /// <summary>Of the certificate that it presents. Null: it has none.</summary>
    public required string? Serial { get; init; }

    /// <summary>True: it acts on the newest bundle.</summary>
    public required bool Acknowledged { get; init; }

    /// <summary>Why its report does not count, or what failed when it tried a candidate. Null: nothing.</summary>
    public required string? Problem { get; init; }
}
