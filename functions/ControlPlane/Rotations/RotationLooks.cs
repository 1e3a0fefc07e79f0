using ControlPlane.Peers;
using ControlPlane.Trust;
using Mesh.Trust;
using Mesh.Verification;
using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>What can be seen of the peers while a rotation waits for them.</summary>
internal sealed class RotationLooks(BundlePublisher bundles, PeerBoard board, LeafVerifier verifier, RotationOptions options, TimeProvider time)
{
    /// <inheritdoc cref="IRotationWork.LookAtPeersAsync"/>
    public async Task<Look> AtPeersAsync(long sequence, string? serial, CancellationToken cancellation)
    {
        var newest = await bundles.NewestAsync(cancellation);
        if (serial is not null && newest.Refuses(serial))
        {
            return Revoked(serial);
        }

        var (at, _, peers) = await board.LookAsync(cancellation);
        var behind = peers.Where(peer => peer.Sequence < sequence).ToList();
        if (behind.Count > 0)
        {
            await LeaveOutAsync(behind, at, sequence, newest, cancellation);
        }

        return behind.Count == 0
            ? new(LookState.Reached)
            : new(LookState.Waiting, $"{Names(behind.Select(peer => $"{peer.Name} ({peer.Problem ?? $"at {peer.Sequence}"})"))}, instead of {sequence}");
    }

    /// <inheritdoc cref="IRotationWork.LookAtDrainAsync"/>
    public async Task<Look> AtDrainAsync(Issued leaf, CancellationToken cancellation)
    {
        var newest = await bundles.NewestAsync(cancellation);
        return newest.Refuses(leaf.New.Serial) ? Revoked(leaf.New.Serial)
            : leaf.Old is { } old && newest.Refuses(old.Serial) ? new(LookState.Reached)
            : new(LookState.Waiting);
    }

    /// <inheritdoc cref="IRotationWork.LookAtCanaryAsync"/>
    public async Task<Look> AtCanaryAsync(string service, LeafVersion candidate, long sequence, Func<CancellationToken, Task<byte[]>> certificate, CancellationToken cancellation)
    {
        var (at, newest, peers) = await board.LookAsync(cancellation);
        var live = peers.Where(peer => at - peer.Stored.Heartbeat <= options.SilenceOf(newest)).ToList();
        var owners = live.Where(peer => peer.Stored.Service == service).ToList();
        if (owners.Count == 0)
        {
            return Judge(service, await certificate(cancellation), newest);
        }

        var callers = live.Where(peer => peer.Stored.Service != service && peer.Report?.Calls.Contains(service) == true).ToList();
        return Canary.Judge(service, candidate.Version, sequence, Reports(owners), Reports(callers));
    }

    private static Look Revoked(string serial) => new(LookState.Failed, $"The certificate {serial} was revoked meanwhile.");

    private static IReadOnlyList<PeerReport> Reports(IEnumerable<PeerStanding> peers) => [.. peers.Select(peer => peer.Report).OfType<PeerReport>()];

    // Nobody is there to try it: the public certificate alone is looked at, as a peer would.
    private Look Judge(string service, byte[] certificate, TrustBundle newest)
    {
        var verdict = verifier.Verify(certificate, new TrustView(newest), time.GetUtcNow());
        return verdict.Refusal is { } refusal ? new(LookState.Failed, $"The new certificate of {service} is refused: {refusal}. {verdict.Detail}".TrimEnd())
            : verdict.Proof!.Id.Service != service ? new(LookState.Failed, $"The new certificate names {verdict.Proof.Id}.")
            : new(LookState.Reached, $"No instance of {service} was there to try it; its certificate was verified alone.");
    }

    // Nobody is left out while this bundle is younger than the longest silence: whose heartbeats are lost, it may rightly act on the bundle before, and for
    // as long as that one allows. After that:
    // - who has been silent for as long acts on nothing any more;
    // - who says after that time that it has no certificate (its vault is closed to it, say) presents nothing. Whoever calls it where a platform ends TLS is judged
    //   by a bundle that is none before this one, as that would be too old by now; and what it will present is named by the bundle that it acts on. That it
    //   said so is what counts: one that announced itself earlier, and whose reports were lost since, may present something.
    private async Task LeaveOutAsync(List<PeerStanding> behind, DateTimeOffset at, long sequence, TrustBundle newest, CancellationToken cancellation)
    {
        var before = await bundles.FindAsync(sequence - 1, cancellation);
        var silence = before is null ? options.SilenceOf(newest) : Longer(options.SilenceOf(before), options.SilenceOf(newest));
        var issued = (await bundles.FindAsync(sequence, cancellation))?.Issued ?? DateTimeOffset.MinValue;
        if (time.GetUtcNow() - issued > silence)
        {
            behind.RemoveAll(peer => at - peer.Stored.Heartbeat > silence || (peer.IsWithoutCertificate && peer.Stored.Heartbeat - issued > silence));
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static string Names(IEnumerable<string> all) => string.Join(", ", all);
}
