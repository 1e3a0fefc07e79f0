namespace ControlPlane.Rotations;

/// <summary>What a look at something that is waited for has shown.</summary>
/// <param name="State">Whether to look again.</param>
/// <param name="Detail">For the operator: what is still missing, why it will not come, or a remark. Null: nothing to say.</param>
public sealed record Look(LookState State, string? Detail = null);

/// <summary>Whether to look again.</summary>
public enum LookState
{
    /// <summary>Not yet.</summary>
    Waiting,

    /// <summary>It is there.</summary>
    Reached,

    /// <summary>It will not come.</summary>
    Failed,
}
