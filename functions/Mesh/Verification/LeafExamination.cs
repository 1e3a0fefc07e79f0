using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mesh.Trust;

namespace Mesh.Verification;

/// <summary>Examines a leaf under a bundle, but for what changes with time. Costs a signature check and more: <see cref="LeafVerifier"/> remembers what passed.</summary>
internal sealed class LeafExamination(VerificationLimits limits, LeafProfile profile)
{
    /// <param name="certificate">DER bytes.</param>
    public Verdict Examine(ReadOnlySpan<byte> certificate, TrustView view)
    {
        using var leaf = Load(certificate);
        if (leaf is null)
        {
            return Verdict.Refused(MeshRefusal.UnreadableCertificate);
        }

        try
        {
            return Examine(leaf, view);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return Verdict.Refused(MeshRefusal.NotAWorkload, "A part of it cannot be read.");
        }
    }

    private static X509Certificate2? Load(ReadOnlySpan<byte> certificate)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(certificate);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private Verdict Examine(X509Certificate2 leaf, TrustView view)
    {
        if (LeafChain.RootOf(leaf, view) is not { } root)
        {
            return Verdict.Refused(MeshRefusal.UntrustedAuthority);
        }

        var test = new LeafUnderTest(leaf, root, view.Bundle.TrustDomain, limits);
        foreach (var rule in profile.Rules)
        {
            if (rule.Problem(test) is { } problem)
            {
                return Verdict.Refused(rule.Refusal, problem);
            }
        }

        return profile.IdOf(leaf) is { } id
            ? Verdict.Proven(new(id, leaf.SerialNumber, Later(leaf.NotBefore, root.NotBefore), Earlier(leaf.NotAfter, root.NotAfter)))
            : Verdict.Refused(MeshRefusal.NotAWorkload);
    }

    // The platform gives a certificate's times in the machine's zone.
    private static DateTimeOffset Later(DateTime one, DateTime other) => one > other ? one.ToUniversalTime() : other.ToUniversalTime();

    private static DateTimeOffset Earlier(DateTime one, DateTime other) => one < other ? one.ToUniversalTime() : other.ToUniversalTime();
}
