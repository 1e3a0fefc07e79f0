namespace ControlPlane.Rotations;

/// <summary>
/// The procedures of rotations, by version. A rotation follows to its end the version that it began with: where the order of steps changes, the version is raised,
/// and the procedure before stays beside it until no rotation can be under way with it any more.
/// </summary>
internal static class Procedures
{
    /// <summary>What rotations that begin now follow.</summary>
    public const int Current = 1;

    /// <summary>Null: this version is not of this release.</summary>
    public static Func<IRotationSteps, Task<RotationOutcome>>? Of(int version, string certificate, string id) =>
        version != Current ? null
        : certificate == RotationJournal.Authority ? steps => AuthorityRotation.RunAsync(steps, new(id))
        : steps => LeafRotation.RunAsync(steps, new(id, certificate));
}
