using ControlPlane.Peers;
using ControlPlane.Rotations;
using ControlPlane.Trust;
using Records.Trust;

namespace ControlPlane.Certificates;

/// <summary>The desk of a control plane that runs a mesh.</summary>
internal sealed class CertificateDesk(BundlePublisher bundles, PeerBoard board, RotationJournal journal, IRotationEngine engine, RotationOptions options, TimeProvider time) : ICertificateDesk
{
    private static readonly Refusal NotBegun = new(RefusalReason.MeshNotBegun, "The mesh has no trust bundle yet: its first authority is being made. Try again in a moment; if it lasts, the control plane's log says why.");

    public async Task<Outcome<MeshState>> ShowAsync(CancellationToken cancellation)
    {
        if (await bundles.FindNewestAsync(cancellation) is null)
        {
            return NotBegun;
        }

        var (at, bundle, peers) = await board.LookAsync(cancellation);
        return new MeshReading(bundle, [.. peers.Where(peer => at - peer.Stored.Heartbeat <= options.SilenceOf(bundle))], await RotationsAsync(cancellation)).State(time.GetUtcNow());
    }

    public async Task<Outcome<StartedRotation>> RotateAsync(string service, CancellationToken cancellation) =>
        await bundles.FindNewestAsync(cancellation) is not { } bundle ? NotBegun
        : bundle.Workload(service) is null ? new Refusal(RefusalReason.NoWorkload, $"The mesh has no service {service}. It has {string.Join(", ", bundle.Workloads.Select(workload => workload.Service))}.")
        : await StartAsync(service, RotationReason.Asked, cancellation);

    public async Task<Outcome<StartedRotation>> RotateAuthorityAsync(CancellationToken cancellation) =>
        await bundles.FindNewestAsync(cancellation) is null ? NotBegun : await StartAsync(RotationJournal.Authority, RotationReason.Asked, cancellation);

    public async Task<Outcome<StartedRotation>> RevokeAsync(string serial, CancellationToken cancellation)
    {
        if (await bundles.FindNewestAsync(cancellation) is not { } bundle)
        {
            return NotBegun;
        }

        if ((OwnerOf(bundle, serial) ?? OwnerOf(await journal.ListAsync(cancellation), serial)) is not var (service, leaf))
        {
            return new Refusal(RefusalReason.NoCertificate, $"No certificate of the mesh has the serial number {serial}, or it was issued long ago. GET /certificates lists those in use.");
        }

        if (leaf.Expires <= time.GetUtcNow())
        {
            return FieldRules.Invalid($"The certificate {leaf.Serial} of {service} has expired, so that nobody takes it any more.");
        }

        // Refused first: whoever has it is cut off, and only then is there time for a new one.
        await bundles.ChangeAsync((newest, now) => TrustChanges.Refuse(newest, leaf.Serial, leaf.Expires, now), cancellation);
        return await StartAsync(service, RotationReason.Revoked, cancellation);
    }

    public async Task<Outcome<RotationList>> ListAsync(string? certificate, int limit, CancellationToken cancellation)
    {
        var all = await journal.ListAsync(cancellation);
        return new RotationList([.. all.Where(record => certificate is null || record.Certificate == certificate).Take(limit).Select(record => Read(record, withSteps: true))]);
    }

    public async Task<Outcome<RotationState>> FindAsync(string id, CancellationToken cancellation) =>
        await journal.FindAsync(id, cancellation) is { } record
            ? Read(record, withSteps: true)
            : new Refusal(RefusalReason.NoRotation, $"There is no rotation {id}, or it is so long ago that it was forgotten. GET /rotations lists them.");

    public async Task<Outcome<TrustBundle>> BundleAsync(CancellationToken cancellation) =>
        await bundles.FindNewestAsync(cancellation) is { } bundle ? bundle : NotBegun;

    private static (string Service, LeafVersion Leaf)? OwnerOf(TrustBundle bundle, string serial) =>
        (from workload in bundle.Workloads
         from leaf in new[] { workload.InUse, workload.Candidate }
         where leaf is not null && IsSame(leaf.Serial, serial)
         select ((string, LeafVersion)?)(workload.Service, leaf)).FirstOrDefault();

    // What is in use no more may still be stolen.
    private static (string Service, LeafVersion Leaf)? OwnerOf(IEnumerable<RotationRecord> rotations, string serial) =>
        (from record in rotations
         let leaf = RotationReading.IssuedIn(record)
         where leaf is not null && IsSame(leaf.Serial, serial)
         select ((string, LeafVersion)?)(record.Certificate, leaf)).FirstOrDefault();

    private static bool IsSame(string one, string other) => one.TrimStart('0') == other.TrimStart('0');

    private async Task<StartedRotation> StartAsync(string certificate, RotationReason reason, CancellationToken cancellation)
    {
        var (record, isNew) = await engine.StartAsync(certificate, RotationReading.Word(reason), cancellation);
        return new(Read(record, withSteps: false), isNew);
    }

    private async Task<IReadOnlyDictionary<string, RotationState>> RotationsAsync(CancellationToken cancellation) =>
        (await journal.ListAsync(cancellation)).DistinctBy(record => record.Certificate).ToDictionary(record => record.Certificate, record => Read(record, withSteps: false));

    private RotationState Read(RotationRecord record, bool withSteps) => RotationReading.Of(record, record.Finished is null ? engine.StepOf(record) : null, withSteps);
}
