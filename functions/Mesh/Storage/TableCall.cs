namespace Mesh.Storage;

/// <summary>Calls to a table in bounded time, whatever retries and time-outs the host gave its client.</summary>
internal static class TableCall
{
    /// <summary>The longest that one call may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Null: it was done. Never throws for what storage does.</summary>
    public static async Task<TableFailure?> TryAsync(Func<CancellationToken, Task> call, TimeProvider time, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        TableFailure? failure = null;
        try
        {
            await call(either.Token).WaitAsync(either.Token);
        }
        catch (Exception exception) when ((failure = TableFailure.Of(exception, cancellation)) is not null)
        {
        }

        return failure;
    }
}
