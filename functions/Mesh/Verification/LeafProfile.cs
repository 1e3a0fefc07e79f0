using System.Security.Cryptography.X509Certificates;
using Mesh.Identities;

namespace Mesh.Verification;

/// <summary>What kind of certificates is expected.</summary>
/// <param name="Rules">What is demanded beyond a chain to a root.</param>
/// <param name="IdOf">Where the workload's id stands. Null: the certificate has none.</param>
internal sealed record LeafProfile(IReadOnlyList<LeafRule> Rules, Func<X509Certificate2, WorkloadId?> IdOf)
{
    /// <summary>Certificates of workloads (X.509-SVID), as strict as the mesh can be with its own.</summary>
    public static LeafProfile Workload { get; } = new(LeafRules.All, LeafRules.IdOf);
}
