using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LocalHost.Vault;

/// <summary>The certificate that servers of the local host prove themselves with: made at the first start, kept, and trusted by nobody but clients that pin it.</summary>
internal static class LoopbackCertificate
{
    public const string File = "loopback.pem";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Longer than anybody keeps a local folder; some platforms refuse a server's certificate beyond it.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(825);

    /// <summary>With its private key, as a server needs it.</summary>
    public static X509Certificate2 Load(LocalFolder folder, TimeProvider time)
    {
        if (!System.IO.File.Exists(folder[File]) || Ends(folder) < time.GetUtcNow() + Lifetime / 2)
        {
            folder.WritePrivate(File, Make(time.GetUtcNow()));
        }

        using var read = Read(folder, X509Certificate2.CreateFromPemFile);
        // By way of PKCS#12, because some platforms' TLS refuses a key that stands in memory only.
        return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Without its key, in PEM.</summary>
    public static string PemOf(LocalFolder folder)
    {
        using var read = Read(folder, (path, _) => X509CertificateLoader.LoadCertificateFromFile(path));
        return read.ExportCertificatePem();
    }

    private static DateTimeOffset Ends(LocalFolder folder)
    {
        using var read = Read(folder, (path, _) => X509CertificateLoader.LoadCertificateFromFile(path));
        return read.NotAfter;
    }

    private static X509Certificate2 Read(LocalFolder folder, Func<string, string?, X509Certificate2> read)
    {
        try
        {
            return read(folder[File], null);
        }
        catch (CryptographicException)
        {
            throw new StartFailure($"{folder[File]} is damaged. Start once with --fresh, which makes everything in the local folder anew.");
        }
    }

    private static string Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + Lifetime);
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
