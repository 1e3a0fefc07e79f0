using Records.Releases;

namespace ControlPlane.Releases;

/// <summary>A move of the pointer, as the management API shows it.</summary>
/// <param name="Release">Id of the release that it went to. Null: none, so that the packaged file served.</param>
internal sealed record ReleaseMoveState(string? Release, DateTimeOffset At, string By, string? Note)
{
    public static ReleaseMoveState Of(ReleaseMove move) => new(IdOf(move.Release), move.At, move.By, move.Note);

    public static string? IdOf(string? hash) => hash is null ? null : Records.Releases.Release.IdOf(hash);
}

/// <summary>What a call made of the pointer.</summary>
/// <param name="Release">Id of the release that is current now. Null: none.</param>
/// <param name="Replaced">Id of the one that was current before the call. Null: none was.</param>
/// <param name="Changed">False: it was current already, so that nothing was written.</param>
/// <param name="At">Since when it is so.</param>
/// <param name="By">Who made it so.</param>
/// <param name="Note">Why.</param>
internal sealed record ReleaseMoved(string? Release, string? Replaced, bool Changed, DateTimeOffset At, string By, string? Note);
