using System.Globalization;
using Azure;
using Azure.Security.KeyVault.Secrets;

namespace Mesh.Tests.Secrets;

/// <summary>The secrets of one vault in memory; it can be away.</summary>
internal sealed class FakeSecrets : SecretClient
{
    private readonly List<KeyVaultSecret> _versions = [];
    private int _calls;

    /// <summary>What calls come to. Null: they are answered.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Calls that arrived.</summary>
    public int Calls => _calls;

    public void Add(string value, string? number, bool isEnabled = true)
    {
        var properties = SecretModelFactory.SecretProperties(new($"https://vault.example/secrets/{VaultPeppersTests.Secret}/v{_versions.Count}"), null, VaultPeppersTests.Secret, _versions.Count.ToString(CultureInfo.InvariantCulture));
        properties.Enabled = isEnabled;
        if (number is not null)
        {
            properties.Tags["number"] = number;
        }

        _versions.Add(SecretModelFactory.KeyVaultSecret(properties, value));
    }

    public override AsyncPageable<SecretProperties> GetPropertiesOfSecretVersionsAsync(string name, CancellationToken cancellationToken = default)
    {
        Arrive();
        return AsyncPageable<SecretProperties>.FromPages([Page<SecretProperties>.FromValues([.. _versions.Select(version => version.Properties)], null, null!)]);
    }

    public override Task<Response<KeyVaultSecret>> GetSecretAsync(string name, string? version = null, CancellationToken cancellationToken = default)
    {
        Arrive();
        return Task.FromResult(Response.FromValue(_versions.Single(secret => secret.Properties.Version == version), null!));
    }

    public override Task<Response<KeyVaultSecret>> SetSecretAsync(KeyVaultSecret secret, CancellationToken cancellationToken = default)
    {
        Arrive();
        Add(secret.Value, secret.Properties.Tags["number"]);
        return Task.FromResult(Response.FromValue(_versions[^1], null!));
    }

    private void Arrive()
    {
        Interlocked.Increment(ref _calls);
        if (Failure is not null)
        {
            throw Failure;
        }
    }
}
