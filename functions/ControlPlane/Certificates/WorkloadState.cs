using Records.Trust;

namespace ControlPlane.Certificates;

/// <summary>A service of the mesh and its certificate.</summary>
/// <param name="Service">Its name.</param>
/// <param name="InUse">What its instances present. Null: nothing was issued yet.</param>
/// <param name="Candidate">What they try out. Null: nothing.</param>
/// <param name="Peers">How many of its instances live.</param>
/// <param name="Acknowledged">How many of those act on the newest bundle.</param>
/// <param name="Rotation">Its newest rotation, running or finished; null: none yet.</param>
internal sealed record WorkloadState(string Service, LeafVersion? InUse, LeafVersion? Candidate, int Peers, int Acknowledged, RotationState? Rotation);
