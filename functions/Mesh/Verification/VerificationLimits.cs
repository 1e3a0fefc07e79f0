namespace Mesh.Verification;

/// <summary>How far a certificate's times may be from what is expected.</summary>
internal sealed record VerificationLimits
{
    /// <summary>By how much two clocks of the mesh may differ: a certificate counts as valid for this long before and after its own times.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time between the two dates of a leaf: a day, and an hour by which it may be back-dated.</summary>
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromHours(25);
}
