namespace ControlPlane.Rotations;

/// <summary>What both procedures' ways back have in common.</summary>
internal static class WayBack
{
    public static RotationOutcome RolledBack(StepFailedException failure, string? remark) =>
        new(RotationEnd.RolledBack, failure.Message, remark is null ? [] : [remark]);

    /// <summary>Steps that only tidy up: the remark that the history gets where they fail.</summary>
    public static async Task<string?> TryAsync(Func<Task> tidy, string otherwise)
    {
        try
        {
            await tidy();
            return null;
        }
        catch (StepFailedException failure)
        {
            return $"{otherwise}: {failure.Message}";
        }
    }
}
