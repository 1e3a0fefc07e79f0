using System.Security.Cryptography.X509Certificates;
using ControlPlane.Peers;
using ControlPlane.Rotations;
using Records.Trust;

namespace ControlPlane.Certificates;

/// <summary>A bundle, the live peers and the newest rotations, put together for operators.</summary>
internal sealed record MeshReading(TrustBundle Bundle, IReadOnlyList<PeerStanding> Peers, IReadOnlyDictionary<string, RotationState> Rotations)
{
    public MeshState State(DateTimeOffset at) => new()
    {
        At = at,
        TrustDomain = Bundle.TrustDomain,
        Sequence = Bundle.Sequence,
        Issued = Bundle.Issued,
        Authorities = [.. Bundle.Roots.Select(Authority)],
        Workloads = [.. Bundle.Workloads.OrderBy(workload => workload.Service, StringComparer.Ordinal).Select(Workload)],
        Peers = [.. Peers.Select(Peer)],
        Refused = Bundle.Refused,
    };

    private AuthorityState Authority(TrustRoot root)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(root.Certificate);
        return new(
            root.Id,
            certificate.SerialNumber,
            root.Id == Bundle.Authority,
            certificate.NotBefore.ToUniversalTime(),
            certificate.NotAfter.ToUniversalTime(),
            Rotations.GetValueOrDefault(RotationJournal.Authority));
    }

    private WorkloadState Workload(Workload workload)
    {
        var instances = Peers.Where(peer => peer.Stored.Service == workload.Service).ToList();
        return new(workload.Service, workload.InUse, workload.Candidate, instances.Count, instances.Count(IsUpToDate), Rotations.GetValueOrDefault(workload.Service));
    }

    private PeerState Peer(PeerStanding peer) => new()
    {
        Service = peer.Stored.Service,
        Instance = peer.Stored.Instance,
        Sequence = peer.Sequence,
        Heartbeat = peer.Stored.Heartbeat,
        Serial = peer.Report?.Serial,
        Acknowledged = IsUpToDate(peer),
        Problem = peer.Problem ?? peer.Report?.Canaries.FirstOrDefault(result => result.Failure is not null)?.Failure,
    };

    private bool IsUpToDate(PeerStanding peer) => peer.Sequence >= Bundle.Sequence;
}
