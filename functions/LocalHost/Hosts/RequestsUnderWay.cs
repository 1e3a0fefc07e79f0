namespace LocalHost.Hosts;

/// <summary>How many requests a server is serving.</summary>
internal sealed class RequestsUnderWay
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The same, counted while it lasts.</summary>
    public RequestDelegate Around(RequestDelegate serve) => async context =>
    {
        Interlocked.Increment(ref _count);
        try
        {
            await serve(context);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    };
}
