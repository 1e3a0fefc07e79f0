namespace EndToEnd.Harness;

/// <summary>How the mesh stands, as GET /certificates of the management API says.</summary>
internal sealed record MeshView(long Sequence, MeshView.Authority[] Authorities, MeshView.Workload[] Workloads, MeshView.Peer[] Peers, MeshView.Revoked[] Refused)
{
    /// <summary>The certificate that a service has in use.</summary>
    public Leaf LeafOf(string service) => Workloads.Single(workload => workload.Service == service).InUse!;

    /// <summary>The instances of a service that were heard of lately.</summary>
    public IEnumerable<Peer> PeersOf(string service) => Peers.Where(peer => peer.Service == service);

    internal sealed record Authority(string Id, bool Signs);

    internal sealed record Workload(string Service, Leaf? InUse);

    internal sealed record Leaf(string Version, string Serial, string Authority);

    internal sealed record Peer(string Service, string Instance, string? Serial, bool Acknowledged, string? Problem);

    internal sealed record Revoked(string Serial);
}
