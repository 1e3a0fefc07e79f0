using System.Security.Cryptography.X509Certificates;
using Mesh.Trust;

namespace Mesh.Verification;

/// <summary>Finds the root of the bundle that signed a leaf: the platform's chain building, held to the one chain that the mesh has.</summary>
internal static class LeafChain
{
    /// <summary>Null: none did. Certificates that the other side sent beside its leaf are not looked at, because an authority of the mesh signs directly.</summary>
    // Each root is tried alone. The roots of a mesh tend to share one name, and among namesakes the platform may settle for the wrong one.
    public static X509Certificate2? RootOf(X509Certificate2 leaf, TrustView view) =>
        view.Roots.FirstOrDefault(root => root.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData) && IsSignedBy(leaf, root));

    private static bool IsSignedBy(X509Certificate2 leaf, X509Certificate2 root)
    {
        using var chain = new X509Chain { ChainPolicy = PolicyFor(root) };
        var isBuilt = chain.Build(leaf);
        try
        {
            return isBuilt && IsLeafAndRoot(chain.ChainElements, root);
        }
        finally
        {
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }

    // The platform also looks for intermediates in the user's own store, and takes a root that is presented as a leaf.
    private static bool IsLeafAndRoot(X509ChainElementCollection chain, X509Certificate2 root) =>
        chain.Count == 2 && chain[1].Certificate.RawDataMemory.Span.SequenceEqual(root.RawDataMemory.Span);

    private static X509ChainPolicy PolicyFor(X509Certificate2 root) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { root },
        // No network in a handshake. Revocation is the bundle's refusal list.
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        // Times are judged at each request, with a stated skew.
        VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid,
    };
}
