using Azure;
using Azure.Security.KeyVault.Secrets;

namespace Gateway.Secrets;

/// <inheritdoc/>
internal sealed class SharedVault(SecretClient client) : ISecretVault
{
    public async Task<string?> ReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return (await client.GetSecretAsync(name, cancellationToken: cancellation)).Value.Value ?? "";
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }
}
