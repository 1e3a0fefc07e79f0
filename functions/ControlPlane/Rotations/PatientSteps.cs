using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>The steps as they are done everywhere: actions with patience, and waiting by looking again and again.</summary>
internal sealed class PatientSteps(IStepEngine engine, RotationOptions options) : IRotationSteps
{
    private const string NotEveryPeer = "Not every peer acted on the bundle in time";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    // Between two looks at a service that has left: it may take a day, and each look is a line in an engine's history.
    private static readonly TimeSpan Seldom = TimeSpan.FromMinutes(10);

    public Task<Issued> IssueAsync(string rotation, string service, CancellationToken cancellation) =>
        engine.CallAsync(new StepCalls.Issue(rotation, service), cancellation);

    public Task<Published> ProposeAsync(string rotation, string service, LeafVersion candidate, CancellationToken cancellation) =>
        engine.CallAsync(new StepCalls.Propose(rotation, service, candidate), cancellation);

    public Task<Published> ActivateAsync(string rotation, string service, string version, CancellationToken cancellation) =>
        engine.CallAsync(new StepCalls.Activate(rotation, service, version), cancellation);

    public Task RetireAsync(string rotation, string service, string version, CancellationToken cancellation) =>
        engine.CallAsync(new StepCalls.Retire(rotation, service, version), cancellation);

    public Task<Withdrawn> WithdrawAsync(string rotation, string service, string version, LeafVersion? before, CancellationToken cancellation) =>
        engine.CallAsync(new StepCalls.Withdraw(rotation, service, version, before), cancellation);

    public Task DiscardAsync(string rotation, string service, CancellationToken cancellation) => engine.CallAsync(new StepCalls.Discard(rotation, service), cancellation);

    public Task<Prepared> PrepareAsync(string rotation, CancellationToken cancellation) => engine.CallAsync(new StepCalls.Prepare(rotation), cancellation);

    public Task<Published> TrustRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) => engine.CallAsync(new StepCalls.TrustRoot(rotation, root), cancellation);

    public Task<Appointed> AppointAsync(string rotation, string root, CancellationToken cancellation) => engine.CallAsync(new StepCalls.Appoint(rotation, root), cancellation);

    public Task<Appointed> ReinstateAsync(string rotation, string root, string before, CancellationToken cancellation) =>
        engine.CallAsync(new StepCalls.Reinstate(rotation, root, before), cancellation);

    public Task<Published> RemoveRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) => engine.CallAsync(new StepCalls.RemoveRoot(rotation, root), cancellation);

    public Task RetireKeyAsync(string rotation, string keyVersion, CancellationToken cancellation) => engine.CallAsync(new StepCalls.RetireKey(rotation, keyVersion), cancellation);

    public Task DiscardKeyAsync(string rotation, CancellationToken cancellation) => engine.CallAsync(new StepCalls.DiscardKey(rotation), cancellation);

    public async Task<CanaryPassed> AwaitCanaryAsync(string rotation, string service, LeafVersion candidate, long sequence, CancellationToken cancellation)
    {
        var look = await UntilAsync(new StepCalls.LookAtCanary(rotation, service, candidate, sequence), () => options.CanaryPatience, "The new certificate was not tried in time", cancellation);
        return new(look.Detail);
    }

    public async Task<Acknowledged> AwaitAckAsync(string rotation, long sequence, LeafVersion? presented, CancellationToken cancellation)
    {
        await UntilAsync(new StepCalls.LookAtPeers(rotation, sequence, presented?.Serial), () => options.AckPatience, NotEveryPeer, cancellation);
        return new(engine.Now);
    }

    public async Task<Acknowledged> AwaitWithdrawalAsync(string rotation, Withdrawn withdrawn, CancellationToken cancellation)
    {
        var look = new StepCalls.LookAtPeers(rotation, withdrawn.Sequence, withdrawn.InUse?.Serial);
        await UntilAsync(look, () => options.IsUrgent(withdrawn.InUse, engine.Now) ? options.LengthOfShortPause : options.AckPatience, NotEveryPeer, cancellation);
        return new(engine.Now);
    }

    public async Task AwaitDrainAsync(string rotation, Drain drain, DateTimeOffset since, Issued? leaf, CancellationToken cancellation)
    {
        while (since + options.LengthOf(drain) - engine.Now is { Ticks: > 0 } left)
        {
            if (leaf is not null && await IsCutShortAsync(rotation, leaf, cancellation))
            {
                return;
            }

            engine.Tell($"connections and certificates from before, for {Math.Ceiling(left.TotalSeconds):0} s at most");
            // With no leaf there is nothing to look at: an engine's history would only grow.
            var longest = leaf is null ? TimeSpan.FromHours(6) : LongestWait;
            await engine.WaitAsync(left < longest ? left : longest, cancellation);
        }
    }

    public async Task<Published> RotateLeafAsync(string rotation, string service, string authority, CancellationToken cancellation)
    {
        for (var attempts = 0; ;)
        {
            if (await engine.AwaitLeafAsync(service, cancellation))
            {
                continue;
            }

            var standing = await engine.CallAsync(new StepCalls.LookAtLeaf(service), cancellation);
            if (standing is null || (IsOf(standing.Authority, authority) && IsOf(standing.CandidateAuthority, authority) && !standing.IsRefused))
            {
                return new(standing?.Sequence ?? 0);
            }

            if (!standing.HasVault)
            {
                engine.Tell($"{service}, which the control plane is not told of any more: until what it had has expired or is revoked");
                await engine.WaitAsync(Seldom, cancellation);
                continue;
            }

            if (attempts++ == options.LeafAttempts)
            {
                throw new StepFailedException($"The certificate of {service} could not be renewed by {authority}: its rotations went back {options.LeafAttempts} times.");
            }

            await engine.BeginLeafAsync(service, cancellation);
        }
    }

    private async Task<bool> IsCutShortAsync(string rotation, Issued leaf, CancellationToken cancellation)
    {
        var look = await engine.LookAsync(new StepCalls.LookAtDrain(rotation, leaf), cancellation);
        return look.State == LookState.Failed ? throw new StepFailedException(look.Detail!) : look.State == LookState.Reached;
    }

    private static bool IsOf(string? signer, string authority) => signer is null || signer == authority;

    private async Task<Look> UntilAsync(IStepCall<Look> look, Func<TimeSpan> patience, string otherwise, CancellationToken cancellation)
    {
        var since = engine.Now;
        while (true)
        {
            var seen = await engine.LookAsync(look, cancellation);
            if (seen.State == LookState.Reached)
            {
                return seen;
            }

            if (seen.State == LookState.Failed || engine.Now - since >= patience())
            {
                throw new StepFailedException(seen.State == LookState.Failed ? seen.Detail ?? otherwise : $"{otherwise}. It still waited for {seen.Detail}.");
            }

            engine.Tell(seen.Detail);
            await engine.WaitAsync(options.Look, cancellation);
        }
    }
}
