namespace Gateway.Upstreams;

/// <summary>
/// The clock of one call. Until the answer's header fields are there it runs for the first-byte time, but not while the request
/// body is on its way: then, and while the answer's body is, it runs for the idle time and every byte that moves winds it up again.
/// So a slow upload is never punished for being long, and a silent service gets the whole first-byte time after the last byte.
/// A route's own timeout goes over all attempts; the service's first-byte time counts for each.
/// </summary>
internal sealed class CallClock : IDisposable
{
    /// <summary>What a timer can hold, and more than any call lasts.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    private readonly Lock _gate = new();
    private readonly TimeoutConfig _timeout;
    private readonly TimeSpan? _deadline;
    private readonly CancellationTokenSource _expiry;
    private readonly CancellationTokenSource _linked;
    private bool _started;
    private bool _answered;
    private bool _disposed;

    public CallClock(TimeoutConfig timeout, TimeSpan? deadline, TimeProvider time, CancellationToken caller)
    {
        _timeout = timeout;
        _deadline = deadline;
        _expiry = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_expiry.Token, caller);
        Caller = caller;
    }

    /// <summary>Ends when the time is up or the caller gives up.</summary>
    public CancellationToken Token => _linked.Token;

    public CancellationToken Caller { get; }

    public bool Expired => _expiry.IsCancellationRequested;

    public void AttemptBegins()
    {
        lock (_gate)
        {
            _answered = false;
            if (!_started || _deadline is null)
            {
                Wind(FirstByte);
            }

            _started = true;
        }
    }

    /// <summary>Bytes of a body moved, in either direction.</summary>
    public void Moved()
    {
        lock (_gate)
        {
            Wind(_timeout.Idle);
        }
    }

    public void RequestSent()
    {
        lock (_gate)
        {
            Wind(_answered ? _timeout.Idle : FirstByte);
        }
    }

    public void Answered()
    {
        lock (_gate)
        {
            _answered = true;
            Wind(_timeout.Idle);
        }
    }

    /// <summary>The rest is somebody else's to time: a buffered answer's reader, or a connection that was upgraded.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            Wind(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _linked.Dispose();
        _expiry.Dispose();
    }

    private TimeSpan FirstByte => _deadline ?? _timeout.FirstByte;

    // A body may still be let go of after the call has ended.
    private void Wind(TimeSpan time)
    {
        if (!_disposed)
        {
            _expiry.CancelAfter(time > Longest ? Longest : time);
        }
    }
}
