using Records.Releases;

namespace ControlPlane.Releases;

/// <summary>A release, as the management API shows it.</summary>
/// <param name="Id">The first 12 digits of the hash.</param>
/// <param name="Hash">SHA-256 of the text.</param>
/// <param name="Size">Bytes of the text.</param>
/// <param name="Stored">When it was stored.</param>
/// <param name="Current">True: it is what instances serve.</param>
/// <param name="Activated">When it became current last. Null: never, or longer ago than moves are kept.</param>
/// <param name="By">Who made it so.</param>
/// <param name="Note">Why.</param>
internal sealed record ReleaseState(string Id, string Hash, long Size, DateTimeOffset Stored, bool Current, DateTimeOffset? Activated, string? By, string? Note)
{
    public static ReleaseState Of(StoredRelease release, ReleasePointer? at)
    {
        var move = at?.Moves.FirstOrDefault(move => move.Release == release.Hash);
        return new(Release.IdOf(release.Hash), release.Hash, release.Size, release.Stored, at?.Last.Release == release.Hash, move?.At, move?.By, move?.Note);
    }
}

/// <summary>A release and its text.</summary>
internal sealed record ReleaseContent(ReleaseState Release, string Text);

/// <summary>A release that was stored, now or earlier.</summary>
internal sealed record AddedRelease(ReleaseState Release, bool IsNew);
