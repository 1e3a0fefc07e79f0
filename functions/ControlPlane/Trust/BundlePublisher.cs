using ControlPlane.Authority;
using ControlPlane.Rotations;
using ControlPlane.Storage;
using Records.Trust;

namespace ControlPlane.Trust;

/// <summary>Makes changes known: signed by the authority before, and added as the next bundle, or not at all.</summary>
internal sealed class BundlePublisher(TrustTable table, AuthorityKeys keys, TimeProvider time)
{
    /// <summary>The newest bundle. Null: the mesh has not begun.</summary>
    public async Task<TrustBundle?> FindNewestAsync(CancellationToken cancellation) =>
        await table.NewestAsync(cancellation) is { } row ? Read(row) : null;

    /// <summary>The newest bundle of a mesh that has begun.</summary>
    public async Task<TrustBundle> NewestAsync(CancellationToken cancellation) =>
        await FindNewestAsync(cancellation) ?? throw new StepFailedException("The mesh has not begun: there is no trust bundle.");

    /// <summary>The bundle of this sequence. Null: there is none, or it was removed.</summary>
    public async Task<TrustBundle?> FindAsync(long sequence, CancellationToken cancellation) =>
        await table.FindAsync(sequence, cancellation) is { } row ? Read(row) : null;

    /// <summary>Applies a change to the newest bundle, until no other came between. Gives the bundle that has it.</summary>
    /// <exception cref="StepFailedException">The change is refused.</exception>
    public async Task<TrustBundle> ChangeAsync(Func<TrustBundle, DateTimeOffset, TrustChange> change, CancellationToken cancellation)
    {
        while (true)
        {
            var newest = await NewestAsync(cancellation);
            var (next, refusal) = change(newest, time.Now());
            if (next is null)
            {
                throw new StepFailedException(refusal!);
            }

            if (next.Sequence == newest.Sequence || await TryAddAsync(next, newest.Root(newest.Authority)!, cancellation))
            {
                return next;
            }
        }
    }

    /// <summary>The first bundle of a mesh, which its own authority signs. False: another one is there.</summary>
    public Task<bool> TryBeginAsync(TrustBundle first, CancellationToken cancellation) => TryAddAsync(first, first.Root(first.Authority)!, cancellation);

    private async Task<bool> TryAddAsync(TrustBundle bundle, TrustRoot signer, CancellationToken cancellation)
    {
        var document = TrustBundleFormat.Write(bundle);
        if (document.Length > BundleRow.LongestDocument)
        {
            throw new StepFailedException($"The trust bundle would have {document.Length} characters, and a row holds {BundleRow.LongestDocument}: the mesh has too many services.");
        }

        var signature = await keys.SignAsync(signer, TrustBundleFormat.SignedBytes(document), cancellation);
        return await table.TryAddAsync(new() { Sequence = bundle.Sequence, Document = document, Signer = signer.Id, Signature = signature }, cancellation);
    }

    private static TrustBundle Read(BundleRow row)
    {
        var (bundle, problem) = TrustBundleFormat.Read(row.Document);
        return bundle ?? throw new DamagedRecordException(new(row.Address.ToString(), "Document", problem!));
    }
}
