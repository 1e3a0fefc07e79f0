using Azure;
using ControlPlane.Authority;
using ControlPlane.Trust;
using ControlPlane.Vault;
using Mesh.Identities;
using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>The work on the real vaults, bundles and peers.</summary>
internal sealed class RotationWork(LeafVaults vaults, AuthorityKeys keys, CertificateMaker maker, BundlePublisher bundles, RotationLooks looks) : IRotationWork
{
    private static readonly Dictionary<string, string> NoTags = [];

    public async Task<Issued> IssueAsync(string rotation, string service, CancellationToken cancellation)
    {
        var vault = vaults.Of(service);
        var bundle = await bundles.NewestAsync(cancellation);
        var workload = bundle.Workload(service) ?? throw new StepFailedException($"{service} is no workload of this mesh.");
        var merged = await vault.FindAsync(service, rotation, cancellation) ?? await MergeAsync(rotation, service, bundle, cancellation);
        var certificate = await vault.CertificateAsync(service, merged.Version, cancellation);
        var issued = maker.Describe(merged.Version, certificate, bundle.Roots)
            ?? throw new StepFailedException($"{merged.Version} of {service} was signed by a root that is gone.");
        return new(issued, workload.InUse);
    }

    public Task<Published> ProposeAsync(string rotation, string service, LeafVersion candidate, CancellationToken cancellation) =>
        PublishAsync((bundle, now) => TrustChanges.Propose(bundle, service, candidate, now), cancellation);

    public Task<Published> ActivateAsync(string rotation, string service, string version, CancellationToken cancellation) =>
        PublishAsync((bundle, now) => TrustChanges.Activate(bundle, service, version, now), cancellation);

    public async Task RetireAsync(string rotation, string service, string version, CancellationToken cancellation)
    {
        if (!vaults.Has(service))
        {
            // The service has left the mesh. A rotation of it that cannot end would hold up the authority's for ever.
            return;
        }

        try
        {
            await vaults.Of(service).DisableAsync(service, version, cancellation);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            // Somebody has deleted it: it is out of use as well.
        }
    }

    public async Task<Withdrawn> WithdrawAsync(string rotation, string service, string version, LeafVersion? before, CancellationToken cancellation)
    {
        var bundle = await bundles.ChangeAsync((newest, now) => TrustChanges.Withdraw(newest, service, version, before, now), cancellation);
        return new(bundle.Sequence, bundle.Workload(service)?.InUse);
    }

    public async Task DiscardAsync(string rotation, string service, CancellationToken cancellation)
    {
        var vault = vaults.Of(service);
        await vault.DropPendingAsync(service, rotation, cancellation);
        if (await vault.FindAsync(service, rotation, cancellation) is { } issued)
        {
            await RetireAsync(rotation, service, issued.Version, cancellation);
        }
    }

    public async Task<Prepared> PrepareAsync(string rotation, CancellationToken cancellation)
    {
        var bundle = await bundles.NewestAsync(cancellation);
        var made = await maker.MakeAuthorityAsync(bundle.TrustDomain, rotation, cancellation);
        return new(made, bundle.Root(bundle.Authority)!);
    }

    public Task<Published> TrustRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) =>
        PublishAsync((bundle, now) => TrustChanges.AddRoot(bundle, root, now), cancellation);

    public Task<Appointed> AppointAsync(string rotation, string root, CancellationToken cancellation) =>
        AppointAsync((bundle, now) => TrustChanges.Appoint(bundle, root, now), cancellation);

    public Task<Appointed> ReinstateAsync(string rotation, string root, string before, CancellationToken cancellation) =>
        AppointAsync((bundle, now) => TrustChanges.Reinstate(bundle, root, before, now), cancellation);

    public Task<Published> RemoveRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) =>
        PublishAsync((bundle, now) => TrustChanges.RemoveRoot(bundle, root, now), cancellation);

    public Task RetireKeyAsync(string rotation, string keyVersion, CancellationToken cancellation) => keys.DisableAsync(keyVersion, cancellation);

    public Task DiscardKeyAsync(string rotation, CancellationToken cancellation) => keys.DiscardAsync(rotation, cancellation);

    public Task<Look> LookAtCanaryAsync(string rotation, string service, LeafVersion candidate, long sequence, CancellationToken cancellation) =>
        looks.AtCanaryAsync(service, candidate, sequence, token => vaults.Of(service).CertificateAsync(service, candidate.Version, token), cancellation);

    public Task<Look> LookAtPeersAsync(string rotation, long sequence, string? serial, CancellationToken cancellation) => looks.AtPeersAsync(sequence, serial, cancellation);

    public Task<Look> LookAtDrainAsync(string rotation, Issued leaf, CancellationToken cancellation) => looks.AtDrainAsync(leaf, cancellation);

    public async Task<LeafStanding?> LookAtLeafAsync(string service, CancellationToken cancellation)
    {
        var bundle = await bundles.NewestAsync(cancellation);
        return bundle.Workload(service) is { } workload
            ? new(bundle.Sequence, workload.InUse?.Authority, workload.Candidate?.Authority, workload.InUse is { } used && bundle.Refuses(used.Serial), vaults.Has(service))
            : null;
    }

    private async Task<VaultCertificateVersion> MergeAsync(string rotation, string service, TrustBundle bundle, CancellationToken cancellation)
    {
        var request = await vaults.Of(service).EnsurePendingAsync(service, $"CN={service}", rotation, cancellation);
        var leaf = await maker.MakeLeafAsync(new WorkloadId(bundle.TrustDomain, service), request, bundle.Root(bundle.Authority)!, cancellation);
        return await vaults.Of(service).MergeAsync(service, rotation, [leaf], NoTags, cancellation);
    }

    private async Task<Published> PublishAsync(Func<TrustBundle, DateTimeOffset, TrustChange> change, CancellationToken cancellation) =>
        new((await bundles.ChangeAsync(change, cancellation)).Sequence);

    private async Task<Appointed> AppointAsync(Func<TrustBundle, DateTimeOffset, TrustChange> change, CancellationToken cancellation)
    {
        var bundle = await bundles.ChangeAsync(change, cancellation);
        return new(bundle.Sequence, [.. bundle.Workloads.Select(workload => workload.Service)]);
    }
}
