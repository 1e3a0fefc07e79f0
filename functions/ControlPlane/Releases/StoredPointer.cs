using Records.Releases;

namespace ControlPlane.Releases;

/// <summary>The pointer as it was read, with the tag that a write of it has to name. Both null: there is none yet.</summary>
internal readonly record struct StoredPointer(ReleasePointer? Pointer, string? Tag)
{
    /// <summary>Hash of the release that serves. Null: none, so that the packaged file does.</summary>
    public string? Current => Pointer?.Last.Release;
}
