using System.Security.Cryptography.X509Certificates;
using ControlPlane.Trust;
using Mesh.Trust;
using Mesh.Verification;
using Records.Trust;

namespace ControlPlane.Peers;

/// <summary>Who takes part in the mesh, and what each instance proves of itself.</summary>
internal sealed class PeerBoard(PeerTable table, LeafVerifier verifier, BundlePublisher bundles, TimeProvider time)
{
    /// <summary>The instances, and the newest bundle, whose roots vouch for them. It is read after their rows: so nobody can rightly be ahead of it.</summary>
    public async Task<(DateTimeOffset At, TrustBundle Newest, IReadOnlyList<PeerStanding> Peers)> LookAsync(CancellationToken cancellation)
    {
        var stored = await table.ListAsync(cancellation);
        var newest = await bundles.NewestAsync(cancellation);
        var view = new TrustView(newest);
        return (stored.At, newest, [.. stored.Rows.Select(row => Judge(row, view)).OrderBy(peer => peer.Name, StringComparer.Ordinal)]);
    }

    private PeerStanding Judge(StoredPeer stored, TrustView view)
    {
        if (stored.Row is not { } row)
        {
            return new(stored, null, $"Its row cannot be read: {stored.Fault}");
        }

        if (row is not { Certificate: { } certificate, Signature: { } signature })
        {
            return new(stored, null, "It has no certificate yet.");
        }

        var verdict = verifier.Verify(certificate, view, time.GetUtcNow());
        if (verdict.Refusal is { } refusal)
        {
            return new(stored, null, $"Its certificate is refused: {refusal}. {verdict.Detail}".TrimEnd());
        }

        if (!IsSigned(row, certificate, signature))
        {
            return new(stored, null, "Its report is not signed by its certificate.");
        }

        var (report, problem) = PeerReportFormat.Read(row.Document);
        return report is null ? new(stored, null, problem)
            : report.Service != stored.Service || report.Instance != stored.Instance || verdict.Proof!.Id.Service != stored.Service ? new(stored, null, "Its row says something of another instance.")
            : report.Sequence > view.Bundle.Sequence ? new(stored, null, $"It acts on bundle {report.Sequence}, and the newest in storage is {view.Bundle.Sequence}: restart it.") { IsAhead = true }
            : new(stored, report, null);
    }

    private static bool IsSigned(PeerRow row, byte[] certificate, byte[] signature)
    {
        using var signer = X509CertificateLoader.LoadCertificate(certificate);
        return DocumentSignature.Verify(signer, PeerReportFormat.SignedBytes(row.Document), signature);
    }
}
