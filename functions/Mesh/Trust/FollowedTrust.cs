using System.Security.Cryptography.X509Certificates;
using Mesh.Leaves;

namespace Mesh.Trust;

/// <summary>What is acted on. Age and expiry are looked at with every use, so that an instance that was frozen refuses before its first use of what is old.</summary>
/// <param name="time">Tells dates.</param>
/// <param name="clock">Measures ages; counts suspension.</param>
internal sealed class FollowedTrust(TimeProvider time, TimeProvider clock) : ITrust
{
    private volatile State _state = new(null, 0, null, null);

    public TrustView? View => _state is { View: { } view } state && clock.GetElapsedTime(state.ConfirmedAt) <= view.Bundle.MaxAge ? view : null;

    public X509Certificate2? Leaf => Usable(_state.Leaf)?.Certificate;

    public X509Certificate2? Candidate => Usable(_state.Candidate)?.Certificate;

    /// <summary>The last good view, however old.</summary>
    public TrustView? LastView => _state.View;

    /// <summary>Time since the last view was confirmed. Null: there is none.</summary>
    public TimeSpan? Age => _state is { View: not null } state ? clock.GetElapsedTime(state.ConfirmedAt) : null;

    /// <summary>What is presented, expired or not.</summary>
    public OwnLeaf? LastLeaf => _state.Leaf;

    /// <summary>Acts on a view, which may be the one before, confirmed again or not. Only one caller at a time.</summary>
    public void Act(Followed followed)
    {
        if (followed.View is not null)
        {
            var state = _state;
            _state = state with { View = followed.View, ConfirmedAt = followed.ConfirmedAt ?? state.ConfirmedAt };
        }
    }

    /// <summary>Presents these from now on. Only one caller at a time.</summary>
    // The certificates before are not disposed: handshakes under way use them.
    public void Present(OwnLeaf? leaf, OwnLeaf? candidate) => _state = _state with { Leaf = leaf, Candidate = candidate };

    private OwnLeaf? Usable(OwnLeaf? leaf) => leaf?.Expires > time.GetUtcNow() ? leaf : null;

    private sealed record State(TrustView? View, long ConfirmedAt, OwnLeaf? Leaf, OwnLeaf? Candidate);
}
