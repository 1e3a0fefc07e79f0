using ControlPlane.Rotations;
using ControlPlane.Trust;
using Records.Trust;

namespace ControlPlane.Tests.Rotations.Model;

/// <summary>What the planes do, step by step: the real procedures and changes, and the rules of peers and looks as they are documented. A mutant overrides one.</summary>
internal class Conduct
{
    public static string IdOf(int run, int number) => run == 0 ? $"authority-{number}" : $"{Bundles.Services[run - 1]}-{number}";

    public Task<RotationOutcome> RunAsync(IRotationSteps steps, int run, int number) =>
        run == 0 ? RunAuthorityAsync(steps, IdOf(run, number)) : RunLeafAsync(steps, IdOf(run, number), Bundles.Services[run - 1]);

    public virtual Task<RotationOutcome> RunLeafAsync(IRotationSteps steps, string id, string service) => LeafRotation.RunAsync(steps, new(id, service));

    public virtual Task<RotationOutcome> RunAuthorityAsync(IRotationSteps steps, string id) => AuthorityRotation.RunAsync(steps, new(id));

    public virtual TrustChange Propose(TrustBundle bundle, string service, LeafVersion candidate) => TrustChanges.Propose(bundle, service, candidate, Bundles.Now);

    public virtual TrustChange Activate(TrustBundle bundle, string service, string version) => TrustChanges.Activate(bundle, service, version, Bundles.Now);

    public virtual TrustChange Withdraw(TrustBundle bundle, string service, string version, LeafVersion? before) =>
        TrustChanges.Withdraw(bundle, service, version, before, Bundles.Now);

    public virtual TrustChange AddRoot(TrustBundle bundle, TrustRoot root) => TrustChanges.AddRoot(bundle, root, Bundles.Now);

    public virtual TrustChange Appoint(TrustBundle bundle, string root) => TrustChanges.Appoint(bundle, root, Bundles.Now);

    public virtual TrustChange Reinstate(TrustBundle bundle, string root, string before) => TrustChanges.Reinstate(bundle, root, before, Bundles.Now);

    public virtual TrustChange RemoveRoot(TrustBundle bundle, TrustRoot root) => TrustChanges.RemoveRoot(bundle, root, Bundles.Now);

    /// <summary>Whether a look finds every live peer on a sequence.</summary>
    /// <param name="after">Name of the step before.</param>
    public virtual bool IsAcknowledged(World world, int sequence, string? after) =>
        world.Peers.All(peer => peer.Row == 0 || peer.Row - 1 >= sequence);

    /// <summary>Whether the time of a drain has passed: no connection from before stands.</summary>
    public virtual bool IsDrained(World world) => world.Peers.All(peer => peer.Connections == 0);

    /// <summary>Whether a service needs no further rotation for an authority.</summary>
    public virtual bool IsMoved(World world, int run, Bundles.Known newest, string authority) =>
        world.Runs[run].Journal == 0
        && IsBy(newest.Bundle.Workloads[run - 1].InUse, authority)
        && IsBy(newest.Bundle.Workloads[run - 1].Candidate, authority);

    /// <summary>True: a rotation that issued already finds what it issued.</summary>
    public virtual bool FindsWhatItIssued => true;

    public virtual bool AnnouncesBeforeItReads => true;

    public virtual bool ActsBeforeItAcknowledges => true;

    /// <summary>True: a row counts until its writer can act on nothing that it has read.</summary>
    public virtual bool RowsOutliveTheirWriters => true;

    protected static bool IsBy(LeafVersion? leaf, string authority) => leaf is null || leaf.Authority == authority;
}
