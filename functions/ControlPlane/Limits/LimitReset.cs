namespace ControlPlane.Limits;

/// <summary>A limit that begins anew for one key.</summary>
/// <param name="Limit">Its name.</param>
/// <param name="Key">Whose it is, part by part; none: everything together.</param>
/// <param name="Rows">How many rows were removed.</param>
/// <param name="Note">What that means for the promise.</param>
public sealed record LimitReset(string Limit, IReadOnlyList<string> Key, int Rows, string Note);
