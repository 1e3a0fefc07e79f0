namespace ControlPlane.Rotations;

/// <summary>How a rotation ended.</summary>
/// <param name="End">Which of the two ends.</param>
/// <param name="Reason">Why it went back. Null: it did not.</param>
/// <param name="Remarks">What else the history has to say of it.</param>
public sealed record RotationOutcome(RotationEnd End, string? Reason, IReadOnlyList<string> Remarks);

/// <summary>The two ends of a rotation.</summary>
public enum RotationEnd
{
    /// <summary>The new one is in use.</summary>
    Rotated,

    /// <summary>The old one is in use, as before.</summary>
    RolledBack,
}
