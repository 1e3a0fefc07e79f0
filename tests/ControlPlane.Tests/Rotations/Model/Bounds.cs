namespace ControlPlane.Tests.Rotations.Model;

/// <summary>The size of a model.</summary>
/// <param name="Peers">The instances: one letter each, the service's; a capital one lives from the start, the others may join.</param>
/// <param name="Authority">True: the authority is rotated.</param>
/// <param name="Due">Rotations of a leaf that may begin at any time.</param>
/// <param name="Failures">Steps that may fail for good: a canary, an acknowledgement that never comes, a vault that stays away.</param>
/// <param name="Late">Runners that were overtaken, with a step's effect still in flight.</param>
/// <param name="Expiries">Instances that may freeze until their bundle is too old.</param>
internal sealed record Bounds(string Peers, bool Authority, int Due, int Failures, int Late, int Expiries)
{
    /// <summary>True: reading and acting, and acting and acknowledging, are two steps, and an acknowledgement may arrive after a later one. See <see cref="PeerMoves"/>.</summary>
    public bool IsFine { get; init; }

    public override string ToString() => $"{Peers}{(Authority ? ", authority" : "")}, {Due} due, {Failures} failure(s), {Late} late, {Expiries} expiries";
}
