using System.Security.Cryptography;
using Azure;
using Azure.Security.KeyVault.Secrets;
using ControlPlane.Vault;
using Microsoft.AspNetCore.Http;

namespace ControlPlane.Access;

/// <summary>
/// The manage key as a secret in the control plane's own vault, which makes it at the first need: whoever may read that secret may manage. A new version of
/// it is in force within five minutes; the version before ends with it.
/// </summary>
internal sealed class VaultManageKey(SecretClient vault, TimeProvider time) : IManageCredential, IDisposable
{
    /// <summary>The secret's name.</summary>
    public const string Secret = "manage-key";

    private const int KeyBytes = 32;

    private static readonly TimeSpan _freshFor = TimeSpan.FromMinutes(5);

    // A flood of wrong keys must not become one of calls to the vault.
    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private ManageKey? _key;
    private long? _readAt;
    private Exception? _failure;

    public async ValueTask<ManageCaller?> IdentifyAsync(HttpRequest request, CancellationToken cancellation) =>
        BearerField.Read(request) is { } sent ? (await KeyAsync(cancellation)).Identify(sent) : null;

    /// <summary>Sees to it that there is a key, so that an operator finds it in the vault.</summary>
    public Task EnsureAsync(CancellationToken cancellation) => KeyAsync(cancellation).AsTask();

    public void Dispose() => _gate.Dispose();

    private async ValueTask<ManageKey> KeyAsync(CancellationToken cancellation)
    {
        if (IsFresh(_freshFor) && _key is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(cancellation);
        try
        {
            if (!IsFresh(_failure is null ? _freshFor : _retryAfter))
            {
                await ReadAsync(cancellation);
            }

            // With the vault away the last one stays good.
            return _key ?? throw new VaultAwayException($"The vault {vault.VaultUri.Host} does not give the manage key.", _failure);
        }
        finally
        {
            _gate.Release();
        }
    }

    private bool IsFresh(TimeSpan age) => _readAt is { } at && time.GetElapsedTime(at) < age;

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            _key = new(await VaultFailures.TryAsync(vault.VaultUri, () => FindOrMakeAsync(cancellation), cancellation));
            _failure = null;
        }
        // A vault that refuses is no better: a role that was just given counts after some minutes.
        catch (Exception failure) when (failure is VaultAwayException or RequestFailedException)
        {
            _failure = failure;
        }

        _readAt = time.GetTimestamp();
    }

    // Two that make it at once: the vault keeps both versions, and the newest counts for both.
    private async Task<string> FindOrMakeAsync(CancellationToken cancellation)
    {
        try
        {
            return (await vault.GetSecretAsync(Secret, cancellationToken: cancellation)).Value.Value;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
            await vault.SetSecretAsync(Secret, key, cancellation);
            return (await vault.GetSecretAsync(Secret, cancellationToken: cancellation)).Value.Value;
        }
    }
}
