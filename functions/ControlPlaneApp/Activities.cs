using ControlPlane.Orchestrations;
using ControlPlane.Rotations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ControlPlaneApp;

/// <summary>The activities of rotations: one for each call that a step consists of, and those on the journal.</summary>
public sealed class Activities(RotationActivities activities, RunningRotations rotations)
{
    [Function(nameof(StepCalls.Issue))]
    public Task<StepAnswer<Issued>> IssueAsync([ActivityTrigger] StepCalls.Issue call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.Propose))]
    public Task<StepAnswer<Published>> ProposeAsync([ActivityTrigger] StepCalls.Propose call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.Activate))]
    public Task<StepAnswer<Published>> ActivateAsync([ActivityTrigger] StepCalls.Activate call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.Retire))]
    public Task<StepAnswer<bool>> RetireAsync([ActivityTrigger] StepCalls.Retire call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.Withdraw))]
    public Task<StepAnswer<Withdrawn>> WithdrawAsync([ActivityTrigger] StepCalls.Withdraw call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.Discard))]
    public Task<StepAnswer<bool>> DiscardAsync([ActivityTrigger] StepCalls.Discard call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.Prepare))]
    public Task<StepAnswer<Prepared>> PrepareAsync([ActivityTrigger] StepCalls.Prepare call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.TrustRoot))]
    public Task<StepAnswer<Published>> TrustRootAsync([ActivityTrigger] StepCalls.TrustRoot call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.Appoint))]
    public Task<StepAnswer<Appointed>> AppointAsync([ActivityTrigger] StepCalls.Appoint call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.Reinstate))]
    public Task<StepAnswer<Appointed>> ReinstateAsync([ActivityTrigger] StepCalls.Reinstate call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.RemoveRoot))]
    public Task<StepAnswer<Published>> RemoveRootAsync([ActivityTrigger] StepCalls.RemoveRoot call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.RetireKey))]
    public Task<StepAnswer<bool>> RetireKeyAsync([ActivityTrigger] StepCalls.RetireKey call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.DiscardKey))]
    public Task<StepAnswer<bool>> DiscardKeyAsync([ActivityTrigger] StepCalls.DiscardKey call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.LookAtLeaf))]
    public Task<StepAnswer<LeafStanding?>> LookAtLeafAsync([ActivityTrigger] StepCalls.LookAtLeaf call, CancellationToken cancellation) => activities.PerformAsync(call, cancellation);

    [Function(nameof(StepCalls.LookAtCanary))]
    public Task<StepAnswer<Look>> LookAtCanaryAsync([ActivityTrigger] StepCalls.LookAtCanary call, CancellationToken cancellation) => activities.LookAsync(call, cancellation);

    [Function(nameof(StepCalls.LookAtPeers))]
    public Task<StepAnswer<Look>> LookAtPeersAsync([ActivityTrigger] StepCalls.LookAtPeers call, CancellationToken cancellation) => activities.LookAsync(call, cancellation);

    [Function(nameof(StepCalls.LookAtDrain))]
    public Task<StepAnswer<Look>> LookAtDrainAsync([ActivityTrigger] StepCalls.LookAtDrain call, CancellationToken cancellation) => activities.LookAsync(call, cancellation);

    [Function(RotationActivities.Read)]
    public Task<FinishedStep[]?> ReadJournalAsync([ActivityTrigger] RotationOrder order, CancellationToken cancellation) => activities.ReadAsync(order, cancellation);

    [Function(RotationActivities.Keep)]
    public Task<bool> KeepStepAsync([ActivityTrigger] KeptStep step, CancellationToken cancellation) => activities.KeepAsync(step, cancellation);

    [Function(RotationActivities.Finish)]
    public Task<bool> FinishRotationAsync([ActivityTrigger] EndedRotation ended, CancellationToken cancellation) => activities.FinishAsync(ended, cancellation);

    [Function(RotationActivities.Stuck)]
    public Task<bool> SayThatRotationIsStuckAsync([ActivityTrigger] StuckRotation stuck, CancellationToken cancellation) => activities.StuckAsync(stuck, cancellation);

    [Function(RotationActivities.GoOn)]
    public Task<bool> GoOnWithLeafAsync([ActivityTrigger] string service, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        rotations.StartAsync(client, service, cancellation);

    [Function(RotationActivities.Begin)]
    public async Task<bool> BeginLeafAsync([ActivityTrigger] string service, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await rotations.BeginLeafAsync(client, service, cancellation);
        return true;
    }
}
