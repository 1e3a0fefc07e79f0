namespace Mesh.Trust;

/// <summary>What following the bundles came to.</summary>
/// <param name="View">The newest good one. Null: there is none.</param>
/// <param name="ConfirmedAt">Timestamp at which it was surely the newest. Null: that could not be found out.</param>
internal readonly record struct Followed(TrustView? View, long? ConfirmedAt);
