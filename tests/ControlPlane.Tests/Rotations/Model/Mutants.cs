using ControlPlane.Rotations;
using ControlPlane.Trust;
using Records.Trust;

namespace ControlPlane.Tests.Rotations.Model;

/// <summary>Ways of doing it wrong: each differs from the real conduct in one thing, or in two where one alone is caught by the other.</summary>
internal static class Mutants
{
    internal sealed class AppointsBeforeTheRootIsKnown : Conduct
    {
        public override bool IsAcknowledged(World world, int sequence, string? after) => after == "TrustRoot" || base.IsAcknowledged(world, sequence, after);
    }

    internal sealed class RetiresBeforeTheNewOneIsKnown : Conduct
    {
        public override bool IsAcknowledged(World world, int sequence, string? after) => after == "Activate" || base.IsAcknowledged(world, sequence, after);
    }

    /// <summary>Rows count only once they say that their writer acts on something.</summary>
    internal sealed class WaitsForNobodyWhoOnlyAnnouncedItself : Conduct
    {
        public override bool IsAcknowledged(World world, int sequence, string? after) => world.Peers.All(peer => peer.Row <= 1 || peer.Row - 1 >= sequence);
    }

    internal sealed class IgnoresPeersThatNeverAcknowledge : Conduct
    {
        public override bool IsAcknowledged(World world, int sequence, string? after) =>
            world.Peers.All(peer => peer.Row == 0) || world.Peers.Any(peer => peer.Row - 1 >= sequence);
    }

    internal sealed class ReadsBeforeItAnnouncesItself : Conduct
    {
        public override bool AnnouncesBeforeItReads => false;
    }

    internal sealed class AcknowledgesBeforeItActs : Conduct
    {
        public override bool ActsBeforeItAcknowledges => false;
    }

    internal sealed class LeavesRowsOutTooSoon : Conduct
    {
        public override bool RowsOutliveTheirWriters => false;
    }

    internal sealed class IssuesAgainAfterACrash : Conduct
    {
        public override bool FindsWhatItIssued => false;
    }

    internal sealed class SkipsTheDrain : Conduct
    {
        public override bool IsDrained(World world) => true;
    }

    /// <summary>Believes that every leaf has moved; to remove the root is refused all the same.</summary>
    internal sealed class BelievesThatLeavesHaveMoved : Conduct
    {
        public override bool IsMoved(World world, int run, Bundles.Known newest, string authority) => true;
    }

    /// <summary>Believes that every leaf has moved, and is not refused.</summary>
    internal sealed class RetiresTheRootWithoutLookingAtTheLeaves : RemovesRootsOfLeaves
    {
        public override bool IsMoved(World world, int run, Bundles.Known newest, string authority) => true;
    }

    /// <summary>Looks only at what is in use, while a rotation that may yet go back is under way; and that one is not refused.</summary>
    internal sealed class WaitsForNoRotationUnderWay : Conduct
    {
        public override bool IsMoved(World world, int run, Bundles.Known newest, string authority) => IsBy(newest.Bundle.Workloads[run - 1].InUse, authority);

        public override TrustChange Withdraw(TrustBundle bundle, string service, string version, LeafVersion? before) =>
            bundle.Workload(service)!.InUse!.Version == version
                ? bundle with { Sequence = bundle.Sequence + 1, Workloads = [.. bundle.Workloads.Select(workload => workload.Service == service ? workload with { InUse = before } : workload)] }
                : base.Withdraw(bundle, service, version, before);
    }

    /// <summary>Alone it does no harm that the check could find: two others stand in front of it.</summary>
    internal abstract class RemovesRootsOfLeaves : Conduct
    {
        public override TrustChange RemoveRoot(TrustBundle bundle, TrustRoot root)
        {
            var without = bundle with { Workloads = [] };
            var change = TrustChanges.RemoveRoot(without, root, Bundles.Now);
            return change.Bundle is not { } removed ? change
                : ReferenceEquals(removed, without) ? bundle
                : removed with { Workloads = bundle.Workloads };
        }
    }

    /// <summary>The way back withdraws the new root at once.</summary>
    internal sealed class GoesBackWithoutTheLeaves : RemovesRootsOfLeaves
    {
        public override async Task<RotationOutcome> RunAuthorityAsync(IRotationSteps steps, string id)
        {
            var prepared = await steps.PrepareAsync(id);
            try
            {
                var trusted = await steps.TrustRootAsync(id, prepared.New);
                await steps.AwaitAckAsync(id, trusted.Sequence);
                var appointed = await steps.AppointAsync(id, prepared.New.Id);
                foreach (var service in appointed.Services)
                {
                    await steps.RotateLeafAsync(id, service, prepared.New.Id);
                }
            }
            catch (StepFailedException failure)
            {
                await steps.ReinstateAsync(id, prepared.New.Id, prepared.Old.Id);
                await steps.RemoveRootAsync(id, prepared.New);
                return new(RotationEnd.RolledBack, failure.Message, []);
            }

            return new(RotationEnd.Rotated, null, []);
        }
    }

    /// <summary>Retires a candidate that failed, and goes on.</summary>
    internal sealed class GoesOnAfterAFailedCanary : Conduct
    {
        public override async Task<RotationOutcome> RunLeafAsync(IRotationSteps steps, string id, string service)
        {
            var issued = await steps.IssueAsync(id, service);
            var proposed = await steps.ProposeAsync(id, service, issued.New);
            try
            {
                await steps.AwaitCanaryAsync(id, service, issued.New, proposed.Sequence);
            }
            catch (StepFailedException)
            {
                await steps.RetireAsync(id, service, issued.New.Version);
            }

            await steps.ActivateAsync(id, service, issued.New.Version);
            return new(RotationEnd.Rotated, null, []);
        }
    }

    /// <summary>The way back retires the one that it goes back to.</summary>
    internal sealed class RetiresTheOldOneOnTheWayBack : Conduct
    {
        public override async Task<RotationOutcome> RunLeafAsync(IRotationSteps steps, string id, string service)
        {
            var issued = await steps.IssueAsync(id, service);
            var proposed = await steps.ProposeAsync(id, service, issued.New);
            try
            {
                await steps.AwaitCanaryAsync(id, service, issued.New, proposed.Sequence);
            }
            catch (StepFailedException failure)
            {
                await steps.WithdrawAsync(id, service, issued.New.Version, issued.Old);
                await steps.RetireAsync(id, service, issued.Old!.Version);
                return new(RotationEnd.RolledBack, failure.Message, []);
            }

            await steps.ActivateAsync(id, service, issued.New.Version);
            return new(RotationEnd.Rotated, null, []);
        }
    }

    /// <summary>Disables what it went back from although somebody may still present it.</summary>
    internal sealed class DiscardsWithoutWaitingOnTheWayBack : Conduct
    {
        public override bool IsAcknowledged(World world, int sequence, string? after) => after == "Withdraw" || base.IsAcknowledged(world, sequence, after);
    }

    /// <summary>Appoints any root that is trusted, also one that was set back.</summary>
    internal sealed class AppointsWhatWasSetBack : Conduct
    {
        public override TrustChange Appoint(TrustBundle bundle, string root) =>
            bundle.Authority == root || bundle.Root(root) is null ? base.Appoint(bundle, root) : bundle with { Sequence = bundle.Sequence + 1, Authority = root };
    }

    /// <summary>Trusts a root that was removed as if it were new.</summary>
    internal sealed class TrustsAgainWhatItRemoved : Conduct
    {
        public override TrustChange RemoveRoot(TrustBundle bundle, TrustRoot root) =>
            base.RemoveRoot(bundle, root) is { Bundle: { } removed } ? removed with { Refused = bundle.Refused } : base.RemoveRoot(bundle, root);
    }

    /// <summary>Puts the version before in use whatever is in use by then.</summary>
    internal sealed class WithdrawsWhateverIsInUse : Conduct
    {
        public override TrustChange Withdraw(TrustBundle bundle, string service, string version, LeafVersion? before) =>
            bundle with { Sequence = bundle.Sequence + 1, Workloads = [.. bundle.Workloads.Select(workload => workload.Service == service ? workload with { InUse = before, Candidate = null } : workload)] };
    }

    /// <summary>Puts any version in use that it is told.</summary>
    internal sealed class ActivatesWhatIsNoCandidate : Conduct
    {
        public override TrustChange Activate(TrustBundle bundle, string service, string version)
        {
            var index = Array.IndexOf(Bundles.Services, service);
            var leaf = bundle.Workloads[index].Candidate ?? Bundles.Leaf(index, version[1] - '0', 0);
            return bundle with { Sequence = bundle.Sequence + 1, Workloads = [.. bundle.Workloads.Select(workload => workload.Service == service ? workload with { InUse = leaf, Candidate = null } : workload)] };
        }
    }
}
