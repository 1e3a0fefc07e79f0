using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Security.KeyVault.Certificates;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using ControlPlane.Storage;
using ControlPlane.Vault;
using Mesh.Local;

namespace ControlPlane.Hosting;

/// <summary>The clients of Azure that a control plane uses, each as its identity; or those of a local host.</summary>
internal sealed class ControlPlaneClients(ControlPlaneSettings settings, TimeProvider time) : IDisposable
{
    private readonly LocalClients? _local = settings.Local is { Length: > 0 } file ? new(file, time) : null;

    private readonly Lazy<TokenCredential> _identity = new(static () => new DefaultAzureCredential());

    private TokenCredential Credential => _local?.Credential ?? _identity.Value;

    public TableServiceClient Tables() =>
        _local is null ? new(settings.Tables, Credential, ControlPlaneTables.ClientOptions()) : new(_local.TablesConnection, ControlPlaneTables.ClientOptions());

    /// <summary>Null: a local host's file names none.</summary>
    public BlobServiceClient? Blobs() => settings.Blobs is null ? null : new(settings.Blobs, Credential, ControlPlaneBlobs.ClientOptions());

    public SecretClient Secrets(Uri vault) => new(vault, Credential, Local(new SecretClientOptions { DisableChallengeResourceVerification = _local is not null }));

    public VaultCertificates Certificates(Uri vault) =>
        new(new CertificateClient(vault, Credential, Local(new CertificateClientOptions { DisableChallengeResourceVerification = _local is not null })));

    public VaultKeys Keys(Uri vault) => new(vault, Credential, Local(new VaultKeysOptions { IsEmulator = _local is not null }));

    public void Dispose() => _local?.Dispose();

    private T Local<T>(T options)
        where T : ClientOptions => _local is null ? options : _local.Patient(options);
}
