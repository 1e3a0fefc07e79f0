using Records.Trust;

namespace Mesh.Peers;

/// <summary>What an instance has to report beside its certificate.</summary>
/// <param name="ActsOn">Sequence of the bundle that everything acts on.</param>
/// <param name="Calls">Services that it calls over mutual TLS, as far as it knows where they are.</param>
/// <param name="Canaries">What came of the candidates.</param>
internal sealed record PeerFacts(long ActsOn, IReadOnlyList<string> Calls, IReadOnlyList<CanaryResult> Canaries);
