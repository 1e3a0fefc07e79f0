using Azure;
using Azure.Security.KeyVault.Secrets;

namespace ControlPlane.Tests.Access;

/// <summary>One secret of a vault in memory, which can be away.</summary>
internal sealed class FakeSecrets : SecretClient
{
    public override Uri VaultUri { get; } = new("https://one.vault");

    public string? Value { get; set; }

    public bool IsAway { get; set; }

    /// <summary>True: the caller's role is not known.</summary>
    public bool Refuses { get; set; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public override Task<Response<KeyVaultSecret>> GetSecretAsync(string name, string? version = null, SecretContentType? outContentType = null, CancellationToken cancellationToken = default)
    {
        Reads++;
        return IsAway ? throw new RequestFailedException("Nothing listens.")
            : Refuses ? throw new RequestFailedException(403, "refused", "Forbidden", null)
            : Value is null ? throw new RequestFailedException(404, "missing", "SecretNotFound", null)
            : Task.FromResult(Response.FromValue(new KeyVaultSecret(name, Value), null!));
    }

    public override Task<Response<KeyVaultSecret>> SetSecretAsync(string name, string value, CancellationToken cancellationToken = default)
    {
        Writes++;
        Value = value;
        return Task.FromResult(Response.FromValue(new KeyVaultSecret(name, value), null!));
    }
}
