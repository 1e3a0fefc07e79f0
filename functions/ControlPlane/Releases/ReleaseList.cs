namespace ControlPlane.Releases;

/// <summary>The releases and the moves between them, as the management API shows them.</summary>
/// <param name="Current">The move that holds. Null: the pointer was never moved.</param>
/// <param name="Previous">Id of the release that a rollback goes to. Null: there is none.</param>
/// <param name="Releases">The current one, then those that were current or stored last.</param>
/// <param name="Moves">The last moves, the newest first.</param>
internal sealed record ReleaseList(ReleaseMoveState? Current, string? Previous, IReadOnlyList<ReleaseState> Releases, IReadOnlyList<ReleaseMoveState> Moves);
