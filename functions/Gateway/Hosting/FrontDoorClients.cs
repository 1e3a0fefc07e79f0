using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Gateway.Storage;
using Mesh.Local;

namespace Gateway.Hosting;

/// <summary>The clients of Azure that a front door uses, each as its identity; or those of a local host.</summary>
internal sealed class FrontDoorClients(FrontDoorSettings settings, string? local, TimeProvider time) : IDisposable
{
    private readonly LocalClients? _local = string.IsNullOrEmpty(local) ? null : new(local, time);

    private readonly Lazy<TokenCredential> _identity = new(static () => new DefaultAzureCredential());

    /// <summary>The front door's own identity.</summary>
    public TokenCredential Credential => _local?.Credential ?? _identity.Value;

    public TableServiceClient Tables() =>
        _local is null ? new(settings.Tables, Credential, GatewayTables.ClientOptions()) : new(_local.TablesConnection, GatewayTables.ClientOptions());

    /// <summary>Null: there are no releases.</summary>
    public BlobServiceClient? Blobs() => settings.Blobs is null ? null : new(settings.Blobs, Credential, GatewayBlobs.ClientOptions());

    public SecretClient SharedVault()
    {
        var options = new SecretClientOptions { DisableChallengeResourceVerification = _local is not null };
        return new(settings.SharedVault, Credential, _local?.Patient(options) ?? options);
    }

    public void Dispose() => _local?.Dispose();
}
