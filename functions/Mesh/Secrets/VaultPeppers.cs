using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging;
using Records;

namespace Mesh.Secrets;

/// <summary>
/// The peppers of the API keys, as versions of one secret in the vault of shared secrets. Read at the first need and again every five minutes;
/// with the vault away the last ones stay good.
/// </summary>
public sealed partial class VaultPeppers(SecretClient vault, TimeProvider time, ILogger<VaultPeppers> logger) : IPepperSource
{
    /// <summary>The secret's name.</summary>
    public const string Secret = "api-key-pepper";

    // Numbers the peppers; the rows of keys name them.
    private const string NumberTag = "number";

    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    // A flood of requests must not become one of calls to a vault that is away.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Peppers? _known;
    private long? _tried;
    private bool _failed;
    private Task<Peppers?>? _reading;

    public ValueTask<Peppers?> GetAsync(CancellationToken cancellation)
    {
        Task<Peppers?> reading;
        lock (_gate)
        {
            if (_reading is null && _tried is { } tried && time.GetElapsedTime(tried) < (_failed ? RetryAfter : FreshFor))
            {
                return new(_known);
            }

            // Whoever asks first reads for all, and for longer than it may wait itself.
            reading = _reading ??= Task.Run(ReadOnceAsync, CancellationToken.None);
            if (_known is not null)
            {
                return new(_known);
            }
        }

        return new(reading.WaitAsync(cancellation));
    }

    /// <summary>For the control plane: makes the first pepper where there is none, from the given bytes or at random.</summary>
    public async Task EnsureAsync(byte[]? first, CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is not null)
        {
            return;
        }

        var secret = new KeyVaultSecret(Secret, Convert.ToBase64String(first ?? RandomNumberGenerator.GetBytes(Pepper.MinimumBytes)));
        secret.Properties.Tags[NumberTag] = "1";
        secret.Properties.ContentType = "application/octet-stream; encoding=base64";
        await vault.SetSecretAsync(secret, cancellation);
    }

    private async Task<Peppers?> ReadOnceAsync()
    {
        Peppers? read = null;
        try
        {
            read = await ReadAsync(CancellationToken.None);
            if (read is null)
            {
                Log.Missing(logger, Secret);
            }
        }
        catch (Exception failure) when (failure is RequestFailedException or AuthenticationFailedException or AggregateException or OperationCanceledException or FormatException or ArgumentException)
        {
            Log.Unreadable(logger, failure, Secret);
        }
        finally
        {
            // After a surprise too: nobody else would read again.
            Finish(read);
        }

        return _known;
    }

    private void Finish(Peppers? read)
    {
        lock (_gate)
        {
            _known = read ?? _known;
            _failed = read is null;
            _tried = time.GetTimestamp();
            _reading = null;
        }
    }

    // The highest number is for new keys, the one below it for those made before the last change.
    private async Task<Peppers?> ReadAsync(CancellationToken cancellation)
    {
        var versions = new SortedDictionary<int, string>();
        await foreach (var version in vault.GetPropertiesOfSecretVersionsAsync(Secret, cancellation))
        {
            if (version.Enabled != false && version.Tags.TryGetValue(NumberTag, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                versions[number] = version.Version;
            }
        }

        var peppers = new List<Pepper>();
        foreach (var (number, version) in versions.Reverse().Take(2))
        {
            var secret = await vault.GetSecretAsync(Secret, version, cancellationToken: cancellation);
            peppers.Add(new(number, Convert.FromBase64String(secret.Value.Value)));
        }

        return peppers.Count == 0 ? null : new(peppers[0], peppers.ElementAtOrDefault(1));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The secret {Secret} cannot be read from the vault; the last one that was read is used, if there was one.")]
        public static partial void Unreadable(ILogger logger, Exception exception, string secret);

        [LoggerMessage(2, LogLevel.Error, "The vault of shared secrets has no {Secret}: API keys cannot be checked. The control plane makes it at its start.")]
        public static partial void Missing(ILogger logger, string secret);
    }
}
