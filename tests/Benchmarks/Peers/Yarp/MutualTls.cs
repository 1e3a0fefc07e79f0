using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace YarpPeer;

/// <summary>Presents the client certificate, and trusts the given authorities only.</summary>
internal static class MutualTls
{
    public static void Apply(SocketsHttpHandler handler, PeerSettings settings)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(settings.Roots);
        var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        chain.CustomTrustStore.AddRange(roots);
        handler.SslOptions = new()
        {
            ClientCertificates = [X509Certificate2.CreateFromPemFile(settings.Leaf)],
            CertificateChainPolicy = chain,
            // The certificate names its workload by a URI, and the address is a number: the authority decides.
            RemoteCertificateValidationCallback = static (_, _, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None,
        };
    }
}
