using Mesh.Health;
using Mesh.Leaves;
using Mesh.Trust;

namespace Mesh.Membership;

/// <summary>
/// Puts a bundle into effect.
/// 1. The view first: what is revoked is refused at once, even where the vault is away.
/// 2. Then our certificate that it names, for new handshakes.
/// 3. After either, what lives longer follows: connections are retired or cut.
/// 4. Only when all of it is done does this process say that it acts on the bundle.
/// </summary>
internal sealed class TrustActing(FollowedTrust trust, OwnLeaves leaves, IEnumerable<IActsOnTrust> followers, MeshStatus status)
{
    private readonly IActsOnTrust[] _followers = [.. followers];

    /// <summary>How soon to try again what is missing. Null: nothing is.</summary>
    public TimeSpan? RetryIn => leaves.RetryIn;

    public async Task ActAsync(Followed followed, CancellationToken cancellation)
    {
        var before = (trust.LastView, trust.LastLeaf);
        trust.Act(followed);
        if (trust.LastView is not { } view)
        {
            return;
        }

        FollowUnless(before.LastView == view);
        var isComplete = await leaves.RefreshAsync(view.Bundle, cancellation);
        trust.Present(leaves.InUse, leaves.Candidate);
        FollowUnless(before.LastLeaf == leaves.InUse);
        if (isComplete)
        {
            status.Acts(view.Bundle.Sequence);
        }
    }

    private void FollowUnless(bool isSame)
    {
        if (isSame)
        {
            return;
        }

        foreach (var follower in _followers)
        {
            follower.Act();
        }
    }
}
