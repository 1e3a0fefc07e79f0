using Mesh.Calls;
using Mesh.Canaries;
using Mesh.Health;
using Mesh.Peers;
using Mesh.Trust;

namespace Mesh.Membership;

/// <summary>
/// What a member of the mesh does again and again.
/// 1. Announce itself before anything is read: once, and again after a long silence.
/// 2. Follow the bundles.
/// 3. Act on the newest.
/// 4. Try the candidates that it names.
/// 5. Report.
/// </summary>
internal sealed class MeshRounds(
    PeerReports reports, BundleFollower follower, TrustActing acting, CanaryRounds canaries, FollowedTrust trust, MeshDestinations destinations, MeshStatus status)
{
    /// <summary>The last good bundle. Null: none yet.</summary>
    public TrustView? View => trust.LastView;

    /// <summary>How soon something is to be tried again. Null: nothing is.</summary>
    public TimeSpan? RetryIn => acting.RetryIn;

    public bool IsReady => status.IsReady;

    public async Task RunAsync(CancellationToken cancellation)
    {
        // An instance that nobody knows of would not be waited for: it must not act on a bundle.
        if (!reports.IsAnnounced && !await reports.AnnounceAsync(cancellation))
        {
            return;
        }

        var followed = await follower.FollowAsync(trust.LastView, cancellation);
        await acting.ActAsync(followed, cancellation);
        // Before the canaries, which take their time; and where nothing changed it is the heartbeat.
        await ReportAsync(cancellation);
        if (trust.View is { } view && status.ActsOn == view.Bundle.Sequence && await canaries.RunAsync(view, cancellation))
        {
            await ReportAsync(cancellation);
        }
    }

    /// <summary>In good order: nobody waits for this instance any more.</summary>
    public Task LeaveAsync(CancellationToken cancellation) => reports.RemoveAsync(cancellation);

    private Task<bool> ReportAsync(CancellationToken cancellation) =>
        reports.ReportAsync(new(status.ActsOn, destinations.Services, canaries.Results), cancellation);
}
