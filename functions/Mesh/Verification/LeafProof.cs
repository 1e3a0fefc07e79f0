using Mesh.Identities;

namespace Mesh.Verification;

/// <summary>What a certificate proves under one bundle, whatever the time is and whether it was revoked or not.</summary>
/// <param name="Id">Whose it is.</param>
/// <param name="Serial">Serial number, upper-case hexadecimal.</param>
/// <param name="From">The later beginning of leaf and root.</param>
/// <param name="Until">The earlier end of leaf and root.</param>
internal sealed record LeafProof(WorkloadId Id, string Serial, DateTimeOffset From, DateTimeOffset Until);
