using System.Collections.Concurrent;
using ControlPlane.Rotations;
using ControlPlane.Trust;
using Records.Trust;
using Tests.Shared;

namespace ControlPlane.Tests.Rotations;

/// <summary>The work on a bundle and vaults in memory: every action may be done again, as the real ones may.</summary>
internal sealed class FakeWork : IRotationWork, IDisposable
{
    public static readonly TimeSpan LeafLife = TimeSpan.FromHours(24);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly Dictionary<string, LeafVersion> _issued = [];
    private readonly Dictionary<string, MeshAuthority> _prepared = [];
    private readonly Dictionary<string, (Exception Failure, int Times)> _failures = [];

    public FakeWork(TimeProvider time)
    {
        _time = time;
        First = new(time.GetUtcNow());
        Bundle = new()
        {
            TrustDomain = MeshAuthority.TrustDomain,
            Sequence = 1,
            Issued = time.GetUtcNow(),
            Poll = TimeSpan.FromSeconds(15),
            MaxAge = TimeSpan.FromMinutes(30),
            Roots = [First.Root],
            Authority = First.Root.Id,
            Workloads = [new() { Service = "orders", InUse = Leaf("v1", First.Root.Id) }],
        };
    }

    /// <summary>The authority at the beginning.</summary>
    public MeshAuthority First { get; }

    public TrustBundle Bundle { get; set; }

    /// <summary>The names of what was asked for, in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public HashSet<string> Disabled { get; } = [];

    /// <summary>Services whose vault is not known.</summary>
    public HashSet<string> Gone { get; } = [];

    public Func<Look> Canary { get; set; } = () => new(LookState.Reached);

    public Func<Look> Peers { get; set; } = () => new(LookState.Reached);

    /// <summary>What happens before an action of this name is carried out.</summary>
    public Func<string, Task>? Before { get; set; }

    public LeafVersion? InUse => Bundle.Workload("orders")!.InUse;

    /// <summary>How many versions were merged.</summary>
    public int Merged => _issued.Count;

    public void Fail(string name, Exception failure, int times = int.MaxValue) => _failures[name] = (failure, times);

    public void Heal(string name) => _failures.Remove(name);

    public Task<Issued> IssueAsync(string rotation, string service, CancellationToken cancellation) => DoAsync("Issue", () =>
    {
        _issued.TryAdd(rotation, Leaf($"v{_issued.Count + 2}", Bundle.Authority));
        return new Issued(_issued[rotation], Bundle.Workload(service)!.InUse);
    });

    public Task<Published> ProposeAsync(string rotation, string service, LeafVersion candidate, CancellationToken cancellation) =>
        PublishAsync("Propose", bundle => TrustChanges.Propose(bundle, service, candidate, Now));

    public Task<Published> ActivateAsync(string rotation, string service, string version, CancellationToken cancellation) =>
        PublishAsync("Activate", bundle => TrustChanges.Activate(bundle, service, version, Now));

    public Task RetireAsync(string rotation, string service, string version, CancellationToken cancellation) => DoAsync("Retire", () => Disabled.Add(version));

    public Task<Withdrawn> WithdrawAsync(string rotation, string service, string version, LeafVersion? before, CancellationToken cancellation) => DoAsync("Withdraw", () =>
    {
        var bundle = Change(newest => TrustChanges.Withdraw(newest, service, version, before, Now));
        return new Withdrawn(bundle.Sequence, bundle.Workload(service)!.InUse);
    });

    public Task DiscardAsync(string rotation, string service, CancellationToken cancellation) =>
        DoAsync("Discard", () => _issued.TryGetValue(rotation, out var issued) && Disabled.Add(issued.Version));

    public Task<Prepared> PrepareAsync(string rotation, CancellationToken cancellation) => DoAsync("Prepare", () =>
    {
        if (!_prepared.TryGetValue(rotation, out var made))
        {
            _prepared[rotation] = made = new(Now, $"key {_prepared.Count + 2}");
        }

        return new Prepared(made.Root, Bundle.Root(Bundle.Authority)!);
    });

    public Task<Published> TrustRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) =>
        PublishAsync("TrustRoot", bundle => TrustChanges.AddRoot(bundle, root, Now));

    public Task<Appointed> AppointAsync(string rotation, string root, CancellationToken cancellation) =>
        AppointAsync("Appoint", bundle => TrustChanges.Appoint(bundle, root, Now));

    public Task<Appointed> ReinstateAsync(string rotation, string root, string before, CancellationToken cancellation) =>
        AppointAsync("Reinstate", bundle => TrustChanges.Reinstate(bundle, root, before, Now));

    public Task<Published> RemoveRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) =>
        PublishAsync("RemoveRoot", bundle => TrustChanges.RemoveRoot(bundle, root, Now));

    public Task RetireKeyAsync(string rotation, string keyVersion, CancellationToken cancellation) => DoAsync("RetireKey", () => Disabled.Add(keyVersion));

    public Task DiscardKeyAsync(string rotation, CancellationToken cancellation) =>
        DoAsync("DiscardKey", () => _prepared.TryGetValue(rotation, out var made) && Disabled.Add(made.Root.KeyVersion));

    public Task<Look> LookAtCanaryAsync(string rotation, string service, LeafVersion candidate, long sequence, CancellationToken cancellation) =>
        DoAsync("LookAtCanary", () => Canary());

    public Task<Look> LookAtPeersAsync(string rotation, long sequence, string? serial, CancellationToken cancellation) =>
        DoAsync("LookAtPeers", () => serial is not null && Bundle.Refuses(serial) ? new(LookState.Failed, $"{serial} was revoked.") : Peers());

    public Task<Look> LookAtDrainAsync(string rotation, Issued leaf, CancellationToken cancellation) => DoAsync("LookAtDrain", () => new Look(
        Bundle.Refuses(leaf.New.Serial) ? LookState.Failed : Bundle.Refuses(leaf.Old!.Serial) ? LookState.Reached : LookState.Waiting, $"{leaf.New.Serial} was revoked."));

    /// <summary>Revokes the certificate with this serial number, as an operator would at any time.</summary>
    public void Refuse(string serial) => Change(bundle => TrustChanges.Refuse(bundle, serial, Now + LeafLife, Now));

    public Task<LeafStanding?> LookAtLeafAsync(string service, CancellationToken cancellation) => DoAsync("LookAtLeaf", () =>
        Bundle.Workload(service) is { } workload ? new LeafStanding(Bundle.Sequence, workload.InUse?.Authority, workload.Candidate?.Authority, false, !Gone.Contains(service)) : null);

    public void Dispose()
    {
        First.Dispose();
        foreach (var authority in _prepared.Values)
        {
            authority.Dispose();
        }
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    private LeafVersion Leaf(string version, string authority) =>
        new() { Version = version, Serial = $"0{version[1..]}", Authority = authority, Issued = Now, Expires = Now + LeafLife };

    private Task<Published> PublishAsync(string name, Func<TrustBundle, TrustChange> change) => DoAsync(name, () => new Published(Change(change).Sequence));

    private Task<Appointed> AppointAsync(string name, Func<TrustBundle, TrustChange> change) => DoAsync(name, () =>
    {
        var bundle = Change(change);
        return new Appointed(bundle.Sequence, [.. bundle.Workloads.Select(workload => workload.Service)]);
    });

    private TrustBundle Change(Func<TrustBundle, TrustChange> change)
    {
        var (next, refusal) = change(Bundle);
        return Bundle = next ?? throw new StepFailedException(refusal!);
    }

    private async Task<T> DoAsync<T>(string name, Func<T> effect)
    {
        _calls.Enqueue(name);
        await (Before?.Invoke(name) ?? Task.CompletedTask);
        lock (_lock)
        {
            if (_failures.TryGetValue(name, out var failing) && failing.Times > 0)
            {
                _failures[name] = failing with { Times = failing.Times - 1 };
                throw failing.Failure;
            }

            return effect();
        }
    }
}
