using System.Security.Cryptography.X509Certificates;

namespace Mesh.Local;

/// <summary>A handler for the servers of this machine.</summary>
public static class PinnedHandler
{
    /// <summary>Trusts this certificate and no other, and goes straight there: no proxy, and nowhere that an answer points to.</summary>
    /// <param name="pem">The certificate.</param>
    public static SocketsHttpHandler For(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        var pinned = certificate.RawData;
        return new()
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null && presented.GetRawCertData().AsSpan().SequenceEqual(pinned),
                // The chain that the platform builds all the same: without network and without the machine's stores, whose reading would hold up the start.
                CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
            },
        };
    }
}
