using Azure;
using Azure.Identity;

namespace Mesh.Storage;

/// <summary>A call to a table that came to nothing.</summary>
/// <param name="Cause">What the client threw.</param>
internal sealed record TableFailure(StorageLoss Loss, Exception Cause)
{
    // After its own retries the client throws an AggregateException; a time-out of its own is a cancellation that nobody asked for.
    /// <summary>What an exception of the table client means; null: nothing that storage did.</summary>
    public static TableFailure? Of(Exception exception, CancellationToken cancellation) => exception switch
    {
        RequestFailedException { Status: 404, ErrorCode: "TableNotFound" } => new(StorageLoss.NoTable, exception),
        RequestFailedException { Status: 401 or 403 } or AuthenticationFailedException => new(StorageLoss.Denied, exception),
        OperationCanceledException when cancellation.IsCancellationRequested => null,
        RequestFailedException or OperationCanceledException or AggregateException or HttpRequestException or IOException => new(StorageLoss.Away, exception),
        _ => null,
    };
}
