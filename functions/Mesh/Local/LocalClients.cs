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
        _http = new(PinnedHandler.For(membership.VaultCertificate));
        TablesConnection = membership.Tables;
        // The challenge names the real vaults' domain, which no address of this machine is in.
        Vault = new(membership.Vault, Credential = new LocalCredential(membership.Token, time), Patient(new SecretClientOptions { DisableChallengeResourceVerification = true }));
        Tables = new(TablesConnection, Patient(new TableClientOptions()));
    }

    /// <summary>Proves to local vaults who calls.</summary>
    public TokenCredential Credential { get; }

    public SecretClient Vault { get; }

    /// <summary>As patient as a member of the mesh.</summary>
    public TableServiceClient Tables { get; }

    /// <summary>For clients of the tables with a patience of their own.</summary>
    public string TablesConnection { get; }

    public void Dispose() => _http.Dispose();

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
