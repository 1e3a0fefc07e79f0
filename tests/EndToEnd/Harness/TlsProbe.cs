using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace EndToEnd.Harness;

/// <summary>Looks at what a server presents in a handshake of its own, without any part of the mesh.</summary>
internal static class TlsProbe
{
    public static async Task<X509Certificate2> PresentedAsync(string address)
    {
        var uri = new Uri(address);
        using var connection = new TcpClient();
        await connection.ConnectAsync(uri.Host, uri.Port, TestContext.Current.CancellationToken);
        X509Certificate2? presented = null;
        await using var secured = new SslStream(connection.GetStream());
        await secured.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = uri.Host, RemoteCertificateValidationCallback = Take, AllowTlsResume = false },
            TestContext.Current.CancellationToken);
        return presented!;

        bool Take(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            presented = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            return presented is not null;
        }
    }

    /// <summary>True: it was signed by this root, and is valid now.</summary>
    public static bool IsSignedBy(X509Certificate2 certificate, byte[] root)
    {
        using var authority = X509CertificateLoader.LoadCertificate(root);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }
}
