using Records.Releases;

namespace ControlPlane.Releases;

/// <summary>What the caller takes for current: when it is another by then, the call is about something that the caller has not seen.</summary>
/// <param name="Id">Id of the release. Null: none is current.</param>
internal sealed record ReleaseExpectation(string? Id)
{
    /// <param name="hash">Hash of the release that is current. Null: none is.</param>
    public bool Holds(string? hash) => hash is null ? Id is null : Id is not null && hash.StartsWith(Id, StringComparison.Ordinal);

    public override string ToString() => Id is null ? "none" : Release.IdOf(Id);
}
