namespace ControlPlane.Rotations;

/// <summary>Another root signs from now on.</summary>
/// <param name="Sequence">As of <see cref="Published"/>.</param>
/// <param name="Services">Every workload of that bundle, whether it has a certificate or not.</param>
public sealed record Appointed(long Sequence, IReadOnlyList<string> Services);
