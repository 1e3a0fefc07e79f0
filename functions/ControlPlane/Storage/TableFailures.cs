using Azure;

namespace ControlPlane.Storage;

/// <summary>What a failure of a call to table storage means.</summary>
internal static class TableFailures
{
    /// <summary>True: storage is away, and what was asked for may or may not have been done.</summary>
    // After its own retries the client throws an AggregateException; a time-out of its own is a cancellation that nobody asked for.
    public static bool IsAway(Exception failure, CancellationToken cancellation) => failure switch
    {
        RequestFailedException refused => refused.Status is 0 or 401 or 403 or 408 or 429 or >= 500,
        OperationCanceledException => !cancellation.IsCancellationRequested,
        AggregateException or HttpRequestException or IOException => true,
        _ => false,
    };

    public static StorageAwayException Away(string table, Exception cause) => new($"Table {table} cannot be reached.", cause);

    /// <summary>A call that changes nothing.</summary>
    public static async Task<T> TryAsync<T>(string table, Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (IsAway(failure, cancellation))
        {
            throw Away(table, failure);
        }
    }

    /// <summary>The next row of a list; none where the table is missing.</summary>
    public static Task<bool> TryMoveNextAsync<T>(this IAsyncEnumerator<T> rows, string table, CancellationToken cancellation) => TryAsync(
        table,
        async () =>
        {
            try
            {
                return await rows.MoveNextAsync();
            }
            catch (RequestFailedException missing) when (missing.Status == 404)
            {
                return false;
            }
        },
        cancellation);
}
