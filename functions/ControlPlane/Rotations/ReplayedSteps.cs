using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>Steps that answer from a journal. The first that is not there never answers: it is the next one to do.</summary>
internal sealed class ReplayedSteps(IReadOnlyList<FinishedStep> journal) : IRotationSteps
{
    private static readonly RotationJson _json = RotationJson.Default;
    private int _at;

    /// <summary>Null: the procedure has come to its end.</summary>
    public NextStep? Next { get; private set; }

    public Task<Issued> IssueAsync(string rotation, string service, CancellationToken cancellation) =>
        Step("Issue", service, _json.Issued, (steps, stop) => steps.IssueAsync(rotation, service, stop));

    public Task<Published> ProposeAsync(string rotation, string service, LeafVersion candidate, CancellationToken cancellation) =>
        Step("Propose", $"{service} {candidate.Version}", _json.Published, (steps, stop) => steps.ProposeAsync(rotation, service, candidate, stop));

    public Task<CanaryPassed> AwaitCanaryAsync(string rotation, string service, LeafVersion candidate, long sequence, CancellationToken cancellation) =>
        Step("AwaitCanary", $"{service} {candidate.Version}", _json.CanaryPassed, (steps, stop) => steps.AwaitCanaryAsync(rotation, service, candidate, sequence, stop));

    public Task<Published> ActivateAsync(string rotation, string service, string version, CancellationToken cancellation) =>
        Step("Activate", $"{service} {version}", _json.Published, (steps, stop) => steps.ActivateAsync(rotation, service, version, stop));

    public Task<Acknowledged> AwaitAckAsync(string rotation, long sequence, LeafVersion? presented, CancellationToken cancellation) =>
        Step("AwaitAck", $"{sequence}", _json.Acknowledged, (steps, stop) => steps.AwaitAckAsync(rotation, sequence, presented, stop));

    public Task<Acknowledged> AwaitWithdrawalAsync(string rotation, Withdrawn withdrawn, CancellationToken cancellation) =>
        Step("AwaitAck", $"{withdrawn.Sequence}", _json.Acknowledged, (steps, stop) => steps.AwaitWithdrawalAsync(rotation, withdrawn, stop));

    public Task AwaitDrainAsync(string rotation, Drain drain, DateTimeOffset since, Issued? leaf, CancellationToken cancellation) =>
        Step("AwaitDrain", $"{drain}", (steps, stop) => steps.AwaitDrainAsync(rotation, drain, since, leaf, stop));

    public Task RetireAsync(string rotation, string service, string version, CancellationToken cancellation) =>
        Step("Retire", $"{service} {version}", (steps, stop) => steps.RetireAsync(rotation, service, version, stop));

    public Task<Withdrawn> WithdrawAsync(string rotation, string service, string version, LeafVersion? before, CancellationToken cancellation) =>
        Step("Withdraw", $"{service} {version}", _json.Withdrawn, (steps, stop) => steps.WithdrawAsync(rotation, service, version, before, stop));

    public Task DiscardAsync(string rotation, string service, CancellationToken cancellation) =>
        Step("Discard", service, (steps, stop) => steps.DiscardAsync(rotation, service, stop));

    public Task<Prepared> PrepareAsync(string rotation, CancellationToken cancellation) =>
        Step("Prepare", "", _json.Prepared, (steps, stop) => steps.PrepareAsync(rotation, stop));

    public Task<Published> TrustRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) =>
        Step("TrustRoot", root.Id, _json.Published, (steps, stop) => steps.TrustRootAsync(rotation, root, stop));

    public Task<Appointed> AppointAsync(string rotation, string root, CancellationToken cancellation) =>
        Step("Appoint", root, _json.Appointed, (steps, stop) => steps.AppointAsync(rotation, root, stop));

    public Task<Appointed> ReinstateAsync(string rotation, string root, string before, CancellationToken cancellation) =>
        Step("Reinstate", before, _json.Appointed, (steps, stop) => steps.ReinstateAsync(rotation, root, before, stop));

    public Task<Published> RotateLeafAsync(string rotation, string service, string authority, CancellationToken cancellation) =>
        Step("RotateLeaf", service, _json.Published, (steps, stop) => steps.RotateLeafAsync(rotation, service, authority, stop));

    public Task<Published> RemoveRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) =>
        Step("RemoveRoot", root.Id, _json.Published, (steps, stop) => steps.RemoveRootAsync(rotation, root, stop));

    public Task RetireKeyAsync(string rotation, string keyVersion, CancellationToken cancellation) =>
        Step("RetireKey", keyVersion, (steps, stop) => steps.RetireKeyAsync(rotation, keyVersion, stop));

    public Task DiscardKeyAsync(string rotation, CancellationToken cancellation) =>
        Step("DiscardKey", "", (steps, stop) => steps.DiscardKeyAsync(rotation, stop));

    private Task<bool> Step(string name, string subject, Func<IRotationSteps, CancellationToken, Task> run) =>
        Step(name, subject, _json.Boolean, async (steps, stop) =>
        {
            await run(steps, stop);
            return true;
        });

    private Task<T> Step<T>(string name, string subject, JsonTypeInfo<T> json, Func<IRotationSteps, CancellationToken, Task<T>> run)
    {
        if (_at == journal.Count)
        {
            Next = new(name, subject, async (steps, stop) => JsonSerializer.Serialize(await run(steps, stop), json));
            return new TaskCompletionSource<T>().Task;
        }

        var finished = journal[_at++];
        return (finished.Name, finished.Subject) != (name, subject)
                ? throw new InvalidOperationException($"Step {_at} of the journal is {finished.Name} {finished.Subject}; the procedure has {name} {subject} there.")
            : finished.Failure is { } failure ? Task.FromException<T>(new StepFailedException(failure))
            : Task.FromResult(JsonSerializer.Deserialize(finished.Result!, json)!);
    }
}
