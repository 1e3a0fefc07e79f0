using ControlPlane.Storage;
using Records.Releases;

namespace ControlPlane.Releases;

/// <summary>
/// Releases and the pointer to the one that serves. A write that timed out and may have happened is resolved here by reading back, so that the
/// answers are plain: it happened, it did not, or <see cref="StorageAwayException"/>. What cannot be read is a <see cref="DamagedRecordException"/>.
/// </summary>
internal interface IReleaseStore
{
    /// <summary>False: it is there already.</summary>
    Task<bool> TryAddAsync(Release release, CancellationToken cancellation);

    /// <summary>The release of this hash, checked against it; or null.</summary>
    Task<Release?> FindAsync(string hash, CancellationToken cancellation);

    /// <summary>The releases whose hash begins so, in no order.</summary>
    Task<IReadOnlyList<StoredRelease>> ListAsync(string prefix, CancellationToken cancellation);

    Task<StoredPointer> ReadPointerAsync(CancellationToken cancellation);

    /// <summary>Writes the pointer where it still bears this tag. False: it has changed since.</summary>
    Task<bool> TryMoveAsync(ReleasePointer next, string? tag, CancellationToken cancellation);
}
