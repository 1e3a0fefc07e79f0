namespace ControlPlane.Rotations;

/// <summary>A candidate proved itself.</summary>
/// <param name="Remark">What the history has to say of it, such as that no instance was there to try it. Null: nothing.</param>
public sealed record CanaryPassed(string? Remark);
