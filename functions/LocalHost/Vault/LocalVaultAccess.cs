using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Certificates;
using Azure.Security.KeyVault.Secrets;
using ControlPlane.Vault;
using LocalHost.Vault.Access;
using Mesh.Local;

namespace LocalHost.Vault;

/// <summary>What a principal reaches local vaults with: the real clients, told to trust the vaults' certificate. All of it from the local folder, so that a second process can do the same.</summary>
internal sealed class LocalVaultAccess(LocalFolder folder, string principal, TimeProvider time) : IDisposable
{
    /// <summary>Where the folders of all vaults stand.</summary>
    public const string Folder = "vaults";

    /// <summary>Written by a vault that has started.</summary>
    public const string AddressFile = "address";

    private readonly HttpClient _http = new(PinnedHandler.For(LoopbackCertificate.PemOf(folder)));

    /// <summary>Proves who calls, as a managed identity does in Azure.</summary>
    public TokenCredential Credential { get; } = new VaultCredential(new VaultTokens(folder), principal, time);

    /// <summary>Trusts the vaults' certificate, and no other.</summary>
    public HttpPipelineTransport Transport => new HttpClientTransport(_http);

    /// <summary>Where a vault listens, or listened last.</summary>
    public Uri AddressOf(string vault)
    {
        var path = Path.Combine(folder[Folder], vault, AddressFile);
        return File.Exists(path) ? new(File.ReadAllText(path)) : throw new StartFailure($"No vault {vault} was ever started in {folder.FullPath}.");
    }

    public CertificateClient Certificates(Uri vault, Action<CertificateClientOptions>? configure = null)
    {
        // The challenge names the real vaults' domain, which no address on loopback is in.
        var options = new CertificateClientOptions { Transport = Transport, DisableChallengeResourceVerification = true };
        configure?.Invoke(options);
        return new(vault, Credential, options);
    }

    public SecretClient Secrets(Uri vault, Action<SecretClientOptions>? configure = null)
    {
        var options = new SecretClientOptions { Transport = Transport, DisableChallengeResourceVerification = true };
        configure?.Invoke(options);
        return new(vault, Credential, options);
    }

    public VaultKeys Keys(Uri vault, Action<VaultKeysOptions>? configure = null)
    {
        var options = new VaultKeysOptions { Transport = Transport, IsEmulator = true };
        configure?.Invoke(options);
        return new(vault, Credential, options);
    }

    public void Dispose() => _http.Dispose();
}
