namespace Mesh.Canaries;

/// <summary>One try of a candidate.</summary>
/// <param name="IsOver">False: the other side has not loaded it yet, which says nothing.</param>
/// <param name="Failure">Why it failed, in a few words. Null: it did not.</param>
internal readonly record struct CanaryAttempt(bool IsOver, string? Failure)
{
    public static CanaryAttempt Good => new(true, null);

    public static CanaryAttempt NotYet => default;

    public static CanaryAttempt Bad(string failure) => new(true, failure);
}
