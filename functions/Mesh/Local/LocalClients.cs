using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Security.KeyVault.Secrets;

namespace Mesh.Local;

/// <summary>The clients of Azure for the vault and the tables of a local host.</summary>
public sealed class LocalClients : IDisposable
{
    // What does not answer on the same machine is away; the mesh looks again soon.
    private const int Retries = 1;

    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http;

    /// <exception cref="MeshOptionsException">The file is not good for any.</exception>
    public LocalClients(string path, TimeProvider time)
        : this(LocalFile.Read(path), time)
    {
    }

    internal LocalClients(LocalFile file, TimeProvider time)
    {
        var membership = file.Membership ?? throw new MeshOptionsException(file.Errors);
        _http = new(Pinned(membership.VaultCertificate));
        // The challenge names the real vaults' domain, which no address of this machine is in.
        Vault = new(membership.Vault, Credential = new LocalCredential(membership.Token, time), Patient(new SecretClientOptions { DisableChallengeResourceVerification = true }));
        Tables = new(membership.Tables, Patient(new TableClientOptions()));
    }

    /// <summary>Proves to local vaults who calls.</summary>
    public TokenCredential Credential { get; }

    public SecretClient Vault { get; }

    public TableServiceClient Tables { get; }

    public void Dispose() => _http.Dispose();

    // Straight to this machine: no proxy, and nowhere that an answer points to.
    private static SocketsHttpHandler Pinned(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        var pinned = certificate.RawData;
        return new()
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null && presented.GetRawCertData().AsSpan().SequenceEqual(pinned) },
        };
    }

    /// <summary>Options of a client for this machine's vaults: their certificate is pinned, and what does not answer is away.</summary>
    public T Patient<T>(T options)
        where T : ClientOptions
    {
        options.Transport = new HttpClientTransport(_http);
        options.Retry.MaxRetries = Retries;
        options.Retry.NetworkTimeout = _timeout;
        return options;
    }
}
