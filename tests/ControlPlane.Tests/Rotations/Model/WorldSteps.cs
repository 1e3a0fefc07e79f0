using ControlPlane.Rotations;
using ControlPlane.Trust;
using Records.Trust;

namespace ControlPlane.Tests.Rotations.Model;

/// <summary>The steps of one run, done to a world. A step that cannot be done yet never answers.</summary>
internal sealed class WorldSteps(World world, int journal, Bundles bundles, Journals journals, Conduct conduct, int[] owners) : IRotationSteps
{
    private Bundles.Known Newest => bundles[world.NewestBundle];

    /// <summary>What broke while it was done.</summary>
    public string? Broken { get; private set; }

    /// <summary>True: something was done although the step is not finished.</summary>
    public bool HasBegunARotation { get; private set; }

    public Task<Issued> IssueAsync(string rotation, string service, CancellationToken cancellation)
    {
        var (index, number) = (IndexOf(service), NumberOf(rotation));
        ref var version = ref world.Vault[(index * World.Versions) + number];
        if (version == 0 || !conduct.FindsWhatItIssued)
        {
            if ((world.DisabledKeys & (1 << Newest.Authority)) != 0)
            {
                return Never<Issued>();
            }

            Broken = version == 0 ? null : $"{rotation} merges a second version";
            version = (byte)(1 + Newest.Authority);
        }

        var root = (version & ~World.Disabled) - 1;
        return Task.FromResult(new Issued(Bundles.Leaf(index, number, root), Newest.Bundle.Workload(service)!.InUse));
    }

    public Task<Published> ProposeAsync(string rotation, string service, LeafVersion candidate, CancellationToken cancellation) =>
        Publish(bundle => conduct.Propose(bundle, service, candidate), () => new Published(world.Newest));

    public Task<CanaryPassed> AwaitCanaryAsync(string rotation, string service, LeafVersion candidate, long sequence, CancellationToken cancellation)
    {
        var index = IndexOf(service);
        var lives = false;
        for (var peer = 0; peer < owners.Length; peer++)
        {
            if (owners[peer] == index && world.Peers[peer].Row > 0)
            {
                lives = true;
                if (world.Peers[peer].Acts >= sequence)
                {
                    return Task.FromResult(new CanaryPassed(null));
                }
            }
        }

        return lives ? Never<CanaryPassed>() : Task.FromResult(new CanaryPassed(null));
    }

    public Task<Published> ActivateAsync(string rotation, string service, string version, CancellationToken cancellation) =>
        Publish(bundle => conduct.Activate(bundle, service, version), () => new Published(world.Newest));

    public Task<Acknowledged> AwaitAckAsync(string rotation, long sequence, LeafVersion? presented, CancellationToken cancellation) =>
        conduct.IsAcknowledged(world, (int)sequence, journals[journal].Last) ? Task.FromResult(new Acknowledged(Bundles.Now)) : Never<Acknowledged>();

    public Task<Acknowledged> AwaitWithdrawalAsync(string rotation, Withdrawn withdrawn, CancellationToken cancellation) =>
        AwaitAckAsync(rotation, withdrawn.Sequence, withdrawn.InUse, cancellation);

    public Task AwaitDrainAsync(string rotation, Drain drain, DateTimeOffset since, Issued? leaf, CancellationToken cancellation) =>
        conduct.IsDrained(world) ? Task.CompletedTask : Never<bool>();

    public Task RetireAsync(string rotation, string service, string version, CancellationToken cancellation) =>
        Disable(IndexOf(service), version[1] - '0');

    public Task<Withdrawn> WithdrawAsync(string rotation, string service, string version, LeafVersion? before, CancellationToken cancellation) =>
        Publish(bundle => conduct.Withdraw(bundle, service, version, before), () => new Withdrawn(world.Newest, Newest.Bundle.Workload(service)!.InUse));

    public Task DiscardAsync(string rotation, string service, CancellationToken cancellation) => Disable(IndexOf(service), NumberOf(rotation));

    public Task<Prepared> PrepareAsync(string rotation, CancellationToken cancellation) =>
        Task.FromResult(new Prepared(Bundles.Roots[NumberOf(rotation)], Newest.Bundle.Root(Newest.Bundle.Authority)!));

    public Task<Published> TrustRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) =>
        Publish(bundle => conduct.AddRoot(bundle, root), () => new Published(world.Newest));

    public Task<Appointed> AppointAsync(string rotation, string root, CancellationToken cancellation) =>
        Publish(bundle => conduct.Appoint(bundle, root), () => new Appointed(world.Newest, Bundles.Services));

    public Task<Appointed> ReinstateAsync(string rotation, string root, string before, CancellationToken cancellation) =>
        Publish(bundle => conduct.Reinstate(bundle, root, before), () => new Appointed(world.Newest, Bundles.Services));

    public Task<Published> RotateLeafAsync(string rotation, string service, string authority, CancellationToken cancellation)
    {
        var run = IndexOf(service) + 1;
        if (conduct.IsMoved(world, run, Newest, authority))
        {
            return Task.FromResult(new Published(world.Newest));
        }

        // More than there is room for is one without end: no rest, which the search finds.
        if (world.Runs[run].Journal == 0 && world.Runs[run].Number < World.Versions - 1)
        {
            Begin(world, journals, run);
            HasBegunARotation = true;
        }

        return Never<Published>();
    }

    public Task<Published> RemoveRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) =>
        Publish(bundle => conduct.RemoveRoot(bundle, root), () => new Published(world.Newest));

    public Task RetireKeyAsync(string rotation, string keyVersion, CancellationToken cancellation) =>
        DisableKey(Array.FindIndex(Bundles.Roots, root => root.KeyVersion == keyVersion));

    public Task DiscardKeyAsync(string rotation, CancellationToken cancellation) => DisableKey(NumberOf(rotation));

    public static void Begin(World world, Journals journals, int run)
    {
        var number = ++world.Runs[run].Number;
        world.Runs[run].Journal = journals.Begin(run, number);
    }

    private static int IndexOf(string service) => Array.IndexOf(Bundles.Services, service);

    private static int NumberOf(string rotation) => rotation[^1] - '0';

    private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;

    private Task<T> Publish<T>(Func<TrustBundle, TrustChange> change, Func<T> result)
    {
        var (bundle, refusal) = bundles.Change(world.NewestBundle, journal, change);
        if (refusal is not null)
        {
            return Task.FromException<T>(new StepFailedException(refusal));
        }

        if (bundle != world.NewestBundle)
        {
            world.Publish(bundle);
        }

        return Task.FromResult(result());
    }

    private Task Disable(int service, int number)
    {
        ref var version = ref world.Vault[(service * World.Versions) + number];
        version |= version == 0 ? (byte)0 : World.Disabled;
        return Task.CompletedTask;
    }

    private Task DisableKey(int root)
    {
        world.DisabledKeys |= (byte)(1 << root);
        return Task.CompletedTask;
    }
}
