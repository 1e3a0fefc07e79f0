namespace Mesh.Canaries;

/// <summary>One try of a candidate.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Failure">What went wrong, in a few words. Null: nothing, or nobody answered.</param>
internal readonly record struct CanaryAttempt(CanaryOutcome Outcome, string? Failure = null)
{
    public static CanaryAttempt Good => new(CanaryOutcome.Good);

    public static CanaryAttempt Away => new(CanaryOutcome.Away);

    public static CanaryAttempt NotYet => new(CanaryOutcome.NotYet);

    public static CanaryAttempt Bad(string failure) => new(CanaryOutcome.Bad, failure);

    /// <summary>The same where the certificate in use fares no better.</summary>
    public CanaryAttempt Excused => this with { Outcome = CanaryOutcome.Away };
}

/// <summary>What came of a try, the better the earlier.</summary>
internal enum CanaryOutcome
{
    /// <summary>It works.</summary>
    Good,

    /// <summary>Nobody answers there, or nobody whom the certificate in use would do for either: that says nothing of the candidate.</summary>
    Away,

    /// <summary>The other side has not loaded it yet, which says nothing either, but will be over soon.</summary>
    NotYet,

    /// <summary>It does not work.</summary>
    Bad,
}
