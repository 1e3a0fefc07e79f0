using Azure;
using Azure.Identity;

namespace ControlPlane.Vault;

/// <summary>What a failure of a call to a vault means.</summary>
internal static class VaultFailures
{
    /// <summary>True: the vault is away, and what was asked for may or may not have been done.</summary>
    // Without a token for the vault nothing is asked of it. After its own retries a client throws an AggregateException; a time-out of its own is a cancellation that nobody asked for.
    public static bool IsAway(Exception failure, CancellationToken cancellation) => failure switch
    {
        RequestFailedException refused => refused.Status is 0 or 401 or 408 or 429 or >= 500,
        OperationCanceledException => !cancellation.IsCancellationRequested,
        AuthenticationFailedException or AggregateException or HttpRequestException or IOException => true,
        _ => false,
    };

    public static VaultAwayException Away(Uri vault, Exception cause) => new($"The vault {vault.Host} cannot be reached.", cause);

    /// <summary>The failure as it is told: with the vault's name.</summary>
    public static Exception Told(Uri vault, Exception failure, CancellationToken cancellation) =>
        IsAway(failure, cancellation) ? Away(vault, failure)
        : failure is RequestFailedException refused and not VaultRefusedException ? new VaultRefusedException(vault, refused)
        : failure;

    /// <summary>A call of which it is enough to know that it may not have happened.</summary>
    public static async Task<T> TryAsync<T>(Uri vault, Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is RequestFailedException || IsAway(failure, cancellation))
        {
            throw Told(vault, failure, cancellation);
        }
    }

    /// <summary>All items of a list: when it fails half-way, none, rather than some that would be taken for all.</summary>
    public static Task<List<T>> ListAsync<T>(Uri vault, IAsyncEnumerable<T> items, CancellationToken cancellation) =>
        TryAsync(vault, async () => await items.ToListAsync(cancellation), cancellation);
}
