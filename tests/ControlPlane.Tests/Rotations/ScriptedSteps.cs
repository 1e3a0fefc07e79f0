using ControlPlane.Rotations;
using Records.Trust;
using Tests.Shared;

namespace ControlPlane.Tests.Rotations;

/// <summary>Steps that do nothing but write themselves down, and fail where they are told to.</summary>
internal sealed class ScriptedSteps(params string[] failing) : IRotationSteps
{
    private static readonly DateTimeOffset _at = DateTimeOffset.UnixEpoch;
    private static readonly TrustRoot _old = Authority("old");
    private static readonly TrustRoot _new = Authority("new");
    private long _sequence = 10;

    public List<string> Done { get; } = [];

    public static LeafVersion Leaf(string version) => new() { Version = version, Serial = version, Authority = "old", Issued = _at, Expires = _at };

    /// <summary>What is in use before.</summary>
    public LeafVersion? Old { get; init; } = Leaf("v1");

    /// <summary>What is in use once the new one was withdrawn.</summary>
    public LeafVersion? AfterWithdrawal { get; init; } = Leaf("v1");

    public Task<Issued> IssueAsync(string rotation, string service, CancellationToken cancellation) => Do("Issue", new Issued(Leaf("v2"), Old));

    public Task<Published> ProposeAsync(string rotation, string service, LeafVersion candidate, CancellationToken cancellation) => Do($"Propose {candidate.Version}", Next());

    public Task<CanaryPassed> AwaitCanaryAsync(string rotation, string service, LeafVersion candidate, long sequence, CancellationToken cancellation) =>
        Do($"AwaitCanary {sequence}", new CanaryPassed("nobody was there"));

    public Task<Published> ActivateAsync(string rotation, string service, string version, CancellationToken cancellation) => Do($"Activate {version}", Next());

    public Task<Acknowledged> AwaitAckAsync(string rotation, long sequence, LeafVersion? presented, CancellationToken cancellation) => Do($"AwaitAck {sequence}", new Acknowledged(_at));

    public Task<Acknowledged> AwaitWithdrawalAsync(string rotation, Withdrawn withdrawn, CancellationToken cancellation) =>
        Do($"AwaitAck {withdrawn.Sequence}", new Acknowledged(_at));

    public Task AwaitDrainAsync(string rotation, Drain drain, DateTimeOffset since, Issued? leaf, CancellationToken cancellation) => Do($"AwaitDrain {drain}", true);

    public Task RetireAsync(string rotation, string service, string version, CancellationToken cancellation) => Do($"Retire {version}", true);

    public Task<Withdrawn> WithdrawAsync(string rotation, string service, string version, LeafVersion? before, CancellationToken cancellation) =>
        Do($"Withdraw {version} for {before?.Version}", new Withdrawn(++_sequence, AfterWithdrawal));

    public Task DiscardAsync(string rotation, string service, CancellationToken cancellation) => Do("Discard", true);

    public Task<Prepared> PrepareAsync(string rotation, CancellationToken cancellation) => Do("Prepare", new Prepared(_new, _old));

    public Task<Published> TrustRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) => Do($"TrustRoot {root.KeyVersion}", Next());

    public Task<Appointed> AppointAsync(string rotation, string root, CancellationToken cancellation) => Do($"Appoint {NameOf(root)}", new Appointed(++_sequence, ["echo", "orders"]));

    public Task<Appointed> ReinstateAsync(string rotation, string root, string before, CancellationToken cancellation) =>
        Do($"Reinstate {NameOf(before)}", new Appointed(++_sequence, ["echo", "orders"]));

    public Task<Published> RotateLeafAsync(string rotation, string service, string authority, CancellationToken cancellation) =>
        Do($"RotateLeaf {service} {NameOf(authority)}", Next());

    public Task<Published> RemoveRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) => Do($"RemoveRoot {root.KeyVersion}", Next());

    public Task RetireKeyAsync(string rotation, string keyVersion, CancellationToken cancellation) => Do($"RetireKey {keyVersion}", true);

    public Task DiscardKeyAsync(string rotation, CancellationToken cancellation) => Do("DiscardKey", true);

    private static string NameOf(string root) => root == _old.Id ? "old" : root == _new.Id ? "new" : root;

    private static TrustRoot Authority(string name)
    {
        using var authority = new MeshAuthority(_at, name);
        return authority.Root;
    }

    private Published Next() => new(++_sequence);

    private Task<T> Do<T>(string step, T result)
    {
        Done.Add(step);
        return failing.Contains(step) ? Task.FromException<T>(new StepFailedException($"{step} failed.")) : Task.FromResult(result);
    }
}
