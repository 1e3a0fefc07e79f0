using System.Security.Cryptography.X509Certificates;
using Records.Trust;

namespace Mesh.Trust;

/// <summary>One bundle, made ready to verify with. Never changes; the next bundle is another view.</summary>
internal sealed class TrustView(TrustBundle bundle)
{
    public TrustBundle Bundle { get; } = bundle;

    /// <summary>The certificates of the bundle's roots, in its order.</summary>
    public IReadOnlyList<X509Certificate2> Roots { get; } = [.. bundle.Roots.Select(root => X509CertificateLoader.LoadCertificate(root.Certificate))];
}
