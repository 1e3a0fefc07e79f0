using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Records.Trust;

namespace Mesh.Trust;

/// <summary>Decides whether a bundle may be acted on.</summary>
internal sealed class BundleJudge(string trustDomain)
{
    /// <param name="row">As it was stored.</param>
    /// <param name="before">The bundle that is acted on. Null: this is the first that is read; storage's access control vouches for it, and its own roots.</param>
    public BundleVerdict Judge(BundleRow row, TrustBundle? before)
    {
        try
        {
            return before is null ? JudgeFirst(row) : JudgeNext(row, before);
        }
        catch (CryptographicException e)
        {
            return BundleVerdict.Bad(BundleRefusal.Damaged, $"A certificate cannot be read: {e.Message}");
        }
    }

    private BundleVerdict JudgeFirst(BundleRow row)
    {
        var (bundle, problem) = TrustBundleFormat.Read(row.Document);
        return bundle is null ? BundleVerdict.Bad(BundleRefusal.Damaged, problem!)
            : SignatureProblem(row, bundle) ?? JudgeContent(row.Sequence, bundle);
    }

    // What nobody vouches for is not even parsed.
    private BundleVerdict JudgeNext(BundleRow row, TrustBundle before)
    {
        if (SignatureProblem(row, before) is { } bad)
        {
            return bad;
        }

        var (bundle, problem) = TrustBundleFormat.Read(row.Document);
        return bundle is null ? BundleVerdict.Bad(BundleRefusal.Damaged, problem!) : JudgeContent(before.Sequence + 1, bundle);
    }

    private BundleVerdict JudgeContent(long sequence, TrustBundle bundle) =>
        bundle.Sequence != sequence ? BundleVerdict.Bad(BundleRefusal.WrongSequence, $"It carries sequence {bundle.Sequence} where {sequence} follows.")
        : bundle.TrustDomain != trustDomain ? BundleVerdict.Bad(BundleRefusal.WrongTrustDomain, $"It is for trust domain {bundle.TrustDomain}; this process belongs to {trustDomain}.")
        : BundleVerdict.Good(new(bundle));

    private static BundleVerdict? SignatureProblem(BundleRow row, TrustBundle vouching)
    {
        if (vouching.Root(row.Signer) is not { } signer)
        {
            return BundleVerdict.Bad(BundleRefusal.UnknownSigner, $"Its signer {row.Signer} is no root of bundle {vouching.Sequence}.");
        }

        using var certificate = X509CertificateLoader.LoadCertificate(signer.Certificate);
        return DocumentSignature.Verify(certificate, TrustBundleFormat.SignedBytes(row.Document), row.Signature)
            ? null
            : BundleVerdict.Bad(BundleRefusal.BadSignature, $"The signature is not that of root {row.Signer}.");
    }
}
