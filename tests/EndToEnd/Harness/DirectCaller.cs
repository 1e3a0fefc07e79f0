using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace EndToEnd.Harness;

/// <summary>Somebody who calls a service of the mesh past the front door, with whatever certificate they have.</summary>
internal sealed class DirectCaller : IDisposable
{
    private readonly X509Certificate2? _certificate;
    private readonly HttpClient _client;

    private DirectCaller(X509Certificate2? certificate)
    {
        _certificate = certificate;
        var options = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, presented, _, _) => presented is not null };
        if (certificate is not null)
        {
            options.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        _client = new(new SocketsHttpHandler { SslOptions = options, UseProxy = false });
    }

    /// <summary>Of the certificate.</summary>
    public string Serial => _certificate!.SerialNumber;

    public static DirectCaller WithoutCertificate() => new(null);

    /// <summary>Says in a certificate of its own making that it is this service.</summary>
    public static DirectCaller SelfMade(string service)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={service}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new($"spiffe://local.internal/{service}"));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        return new(request.CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1)));
    }

    /// <summary>Has stolen the certificate and the key that a service uses, from the files of its local vault.</summary>
    public static DirectCaller Thief(LocalHostProcess host, string service, string serial)
    {
        using var vault = JsonDocument.Parse(File.ReadAllText(host.Folder[$"local/vaults/{service}/certificates/{service}.json"]));
        var stolen = vault.RootElement.GetProperty("Versions").EnumerateArray()
            .Select(version => X509CertificateLoader.LoadPkcs12(version.GetProperty("Secret").GetBytesFromBase64(), null));
        return new(stolen.Single(certificate => certificate.SerialNumber == serial));
    }

    public Task<HttpResponseMessage> GetAsync(string address, params IEnumerable<string> fields) => _client.SendAsync("GET", address, fields);

    /// <summary>Status of the answer, and the slug where it is a problem of the mesh.</summary>
    public async Task<(int Status, string? Slug)> AskAsync(string address, params IEnumerable<string> fields)
    {
        using var response = await GetAsync(address, fields);
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return ((int)response.StatusCode, null);
        }

        var type = (await response.JsonAsync()).GetProperty("type").GetString()!;
        return ((int)response.StatusCode, type[(type.LastIndexOf(':') + 1)..]);
    }

    public void Dispose()
    {
        _client.Dispose();
        _certificate?.Dispose();
    }
}
