using System.Security.Cryptography;
using Mesh.Trust;

namespace Mesh.Verification;

/// <summary>Says whose certificate the other side presented. It is examined once a bundle; its times and the refusal list are looked at every time.</summary>
internal sealed class LeafVerifier(VerificationLimits limits, LeafProfile profile)
{
    private readonly LeafExamination _examination = new(limits, profile);
    private readonly ProofCache _proofs = new();

    public LeafVerifier(VerificationLimits limits)
        : this(limits, LeafProfile.Workload)
    {
    }

    /// <param name="certificate">DER bytes of the leaf; the other side has proven that it holds the key.</param>
    /// <param name="view">Null: there is nothing to judge by.</param>
    public Verdict Verify(ReadOnlySpan<byte> certificate, TrustView? view, DateTimeOffset now)
    {
        if (view is null)
        {
            return Verdict.Refused(MeshRefusal.TrustUnavailable);
        }

        var thumbprint = Convert.ToHexString(SHA256.HashData(certificate));
        if (_proofs.Find(view.Bundle.Sequence, thumbprint) is { } known)
        {
            return Judge(known, view, now);
        }

        var verdict = _examination.Examine(certificate, view);
        if (verdict.Proof is not { } proof)
        {
            return verdict;
        }

        _proofs.Keep(view.Bundle.Sequence, thumbprint, proof);
        return Judge(proof, view, now);
    }

    private Verdict Judge(LeafProof proof, TrustView view, DateTimeOffset now) =>
        view.Bundle.Refuses(proof.Serial) ? Verdict.Refused(MeshRefusal.Refused, proof: proof)
        : now > proof.Until + limits.Skew ? Verdict.Refused(MeshRefusal.Expired, $"It was valid until {proof.Until:u}.", proof)
        : now < proof.From - limits.Skew ? Verdict.Refused(MeshRefusal.NotYetValid, $"It is valid from {proof.From:u}.", proof)
        : Verdict.Proven(proof);
}
