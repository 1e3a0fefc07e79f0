using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace Mesh.Leaves;

/// <summary>Certificates in Azure Key Vault: the secret of the certificate's name holds it with its key.</summary>
internal sealed class SecretLeafVault(SecretClient vault) : ILeafVault
{
    public async Task<X509Certificate2> LoadAsync(string service, string version, CancellationToken cancellation)
    {
        var secret = await FetchAsync(service, version, cancellation);
        try
        {
            return LeafText.Load(secret.Value, secret.Properties.ContentType);
        }
        catch (Exception damaged) when (damaged is CryptographicException or FormatException or ArgumentException)
        {
            // Not as a cause: what a parser says may quote what it read.
            throw new LeafUnavailableException($"Secret {service}, version {version}, is no certificate with its key: {damaged.GetType().Name}.");
        }
    }

    private async Task<KeyVaultSecret> FetchAsync(string service, string version, CancellationToken cancellation)
    {
        try
        {
            return await vault.GetSecretAsync(service, version, cancellationToken: cancellation);
        }
        catch (RequestFailedException refused) when (refused.Status is 401 or 403)
        {
            throw new LeafUnavailableException($"Vault {vault.VaultUri} refuses secret {service}: give this process's identity the role Key Vault Secrets User on it.", refused);
        }
        catch (RequestFailedException refused) when (refused.Status == 404)
        {
            throw new LeafUnavailableException($"Vault {vault.VaultUri} has no version {version} of secret {service}.", refused);
        }
        catch (Exception away) when (away is RequestFailedException or AuthenticationFailedException or AggregateException or HttpRequestException or IOException
            || (away is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new LeafUnavailableException($"Vault {vault.VaultUri} cannot be reached.", away);
        }
    }
}
