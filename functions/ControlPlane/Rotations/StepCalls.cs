using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>The calls that steps consist of, one for each member of <see cref="IRotationWork"/>.</summary>
public static class StepCalls
{
    public sealed record Issue(string Rotation, string Service) : IStepCall<Issued>
    {
        public Task<Issued> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.IssueAsync(Rotation, Service, cancellation);
    }

    public sealed record Propose(string Rotation, string Service, LeafVersion Candidate) : IStepCall<Published>
    {
        public Task<Published> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.ProposeAsync(Rotation, Service, Candidate, cancellation);
    }

    public sealed record Activate(string Rotation, string Service, string Version) : IStepCall<Published>
    {
        public Task<Published> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.ActivateAsync(Rotation, Service, Version, cancellation);
    }

    public sealed record Retire(string Rotation, string Service, string Version) : IStepCall<bool>
    {
        public Task<bool> PerformAsync(IRotationWork work, CancellationToken cancellation) => Done(work.RetireAsync(Rotation, Service, Version, cancellation));
    }

    public sealed record Withdraw(string Rotation, string Service, string Version, LeafVersion? Before) : IStepCall<Withdrawn>
    {
        public Task<Withdrawn> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.WithdrawAsync(Rotation, Service, Version, Before, cancellation);
    }

    public sealed record Discard(string Rotation, string Service) : IStepCall<bool>
    {
        public Task<bool> PerformAsync(IRotationWork work, CancellationToken cancellation) => Done(work.DiscardAsync(Rotation, Service, cancellation));
    }

    public sealed record Prepare(string Rotation) : IStepCall<Prepared>
    {
        public Task<Prepared> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.PrepareAsync(Rotation, cancellation);
    }

    public sealed record TrustRoot(string Rotation, Records.Trust.TrustRoot Root) : IStepCall<Published>
    {
        public Task<Published> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.TrustRootAsync(Rotation, Root, cancellation);
    }

    public sealed record Appoint(string Rotation, string Root) : IStepCall<Appointed>
    {
        public Task<Appointed> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.AppointAsync(Rotation, Root, cancellation);
    }

    public sealed record Reinstate(string Rotation, string Root, string Before) : IStepCall<Appointed>
    {
        public Task<Appointed> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.ReinstateAsync(Rotation, Root, Before, cancellation);
    }

    public sealed record RemoveRoot(string Rotation, Records.Trust.TrustRoot Root) : IStepCall<Published>
    {
        public Task<Published> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.RemoveRootAsync(Rotation, Root, cancellation);
    }

    public sealed record RetireKey(string Rotation, string KeyVersion) : IStepCall<bool>
    {
        public Task<bool> PerformAsync(IRotationWork work, CancellationToken cancellation) => Done(work.RetireKeyAsync(Rotation, KeyVersion, cancellation));
    }

    public sealed record DiscardKey(string Rotation) : IStepCall<bool>
    {
        public Task<bool> PerformAsync(IRotationWork work, CancellationToken cancellation) => Done(work.DiscardKeyAsync(Rotation, cancellation));
    }

    public sealed record LookAtCanary(string Rotation, string Service, LeafVersion Candidate, long Sequence) : IStepCall<Look>
    {
        public Task<Look> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.LookAtCanaryAsync(Rotation, Service, Candidate, Sequence, cancellation);
    }

    public sealed record LookAtPeers(string Rotation, long Sequence, string? Serial) : IStepCall<Look>
    {
        public Task<Look> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.LookAtPeersAsync(Rotation, Sequence, Serial, cancellation);
    }

    public sealed record LookAtDrain(string Rotation, Issued Leaf) : IStepCall<Look>
    {
        public Task<Look> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.LookAtDrainAsync(Rotation, Leaf, cancellation);
    }

    public sealed record LookAtLeaf(string Service) : IStepCall<LeafStanding?>
    {
        public Task<LeafStanding?> PerformAsync(IRotationWork work, CancellationToken cancellation) => work.LookAtLeafAsync(Service, cancellation);
    }

    private static async Task<bool> Done(Task work)
    {
        await work;
        return true;
    }
}
