using Microsoft.Extensions.Logging;

namespace Gateway.Secrets;

/// <summary>Reads one secret from the vault. Whatever goes wrong, the value that was read last stays, and it is said once.</summary>
internal sealed partial class SecretReading(SecretShelf shelf, SecretMetrics metrics, TimeProvider time, ILogger<SecretReading> logger)
{
    // More than a vault takes that is there; one that hangs must not hold up the others for long.
    internal static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    public async Task ReadAsync(Secret secret, CancellationToken stop)
    {
        using var bound = new CancellationTokenSource(Bound, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, stop);
        try
        {
            var value = await shelf.Vault!.ReadAsync(secret.Name, either.Token);
            if ((value is null ? SecretFault.Missing : Secret.FaultOf(value)) is { } fault)
            {
                Fail(secret, fault, null);
            }
            else
            {
                Take(secret, value!);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            stop.ThrowIfCancellationRequested();
            Fail(secret, SecretFault.Unreadable, failure);
        }
    }

    private void Take(Secret secret, string value)
    {
        var (isFirst, wasFault) = (secret.Read() is null, secret.Fault is not null);
        var isChanged = secret.Take(value);
        metrics.Read(secret.Name, isChanged);
        if (isFirst || wasFault)
        {
            Log.Read(logger, secret.Name);
        }
        else if (isChanged)
        {
            Log.Changed(logger, secret.Name);
        }
    }

    private void Fail(Secret secret, SecretFault fault, Exception? failure)
    {
        metrics.Failed(secret.Name, fault);
        if (!secret.Fail(fault))
        {
            return;
        }

        if (secret.Read() is null)
        {
            Log.Lacks(logger, failure, secret.Name, fault);
        }
        else
        {
            Log.Keeps(logger, failure, secret.Name, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The secret {Secret} was read from the vault.")]
        public static partial void Read(ILogger logger, string secret);

        [LoggerMessage(2, LogLevel.Information, "The secret {Secret} has changed; the new one is used from now on.")]
        public static partial void Changed(ILogger logger, string secret);

        [LoggerMessage(3, LogLevel.Warning, "The secret {Secret} cannot be taken from the vault ({Fault}); what was read last is used on.")]
        public static partial void Keeps(ILogger logger, Exception? failure, string secret, SecretFault fault);

        [LoggerMessage(4, LogLevel.Error, "The secret {Secret} cannot be taken from the vault ({Fault}), and never could be.")]
        public static partial void Lacks(ILogger logger, Exception? failure, string secret, SecretFault fault);
    }
}
