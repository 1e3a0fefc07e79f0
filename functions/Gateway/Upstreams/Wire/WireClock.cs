namespace Gateway.Upstreams.Wire;

/// <summary>
/// The clock of one connection, whatever it carries. Winding it up writes a number: the one timer looks only when the earliest end that it was
/// set for is over, and then sets itself for what is left.
/// </summary>
internal sealed class WireClock : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Action _over;
    private long _due = Never;
    private long _looksAt = Never;

    /// <param name="time">Whose time it is.</param>
    /// <param name="over">Called when the time is up.</param>
    public WireClock(TimeProvider time, Action over)
    {
        (_time, _over) = (time, over);
        _timer = time.CreateTimer(static clock => ((WireClock)clock!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The time was up.</summary>
    public bool Expired { get; private set; }

    /// <summary>Now, in the provider's timestamps.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>The time is up so much later than now.</summary>
    public void Wind(TimeSpan time) => WindTo(Now + Stamps(time < CallClock.Longest ? time : CallClock.Longest));

    /// <summary>The time is up then.</summary>
    public void WindTo(long due)
    {
        Interlocked.Exchange(ref _due, due);
        if (due < Interlocked.Read(ref _looksAt))
        {
            lock (_gate)
            {
                SetFor(due);
            }
        }
    }

    public void Stop() => Interlocked.Exchange(ref _due, Never);

    /// <summary>False: it was too late to stop it.</summary>
    public bool TryStop()
    {
        lock (_gate)
        {
            Stop();
            return !Expired;
        }
    }

    /// <summary>A span in the provider's timestamps, rounded up.</summary>
    public long Stamps(TimeSpan span) => (long)Math.Ceiling(span.TotalSeconds * _time.TimestampFrequency);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_gate)
        {
            // Whoever winds it up meanwhile either sees that the timer rests, or is seen here.
            Interlocked.Exchange(ref _looksAt, Never);
            var due = Interlocked.Read(ref _due);
            if (due == Never)
            {
                return;
            }

            if (due > Now)
            {
                SetFor(due);
                return;
            }

            Expired = true;
        }

        _over();
    }

    private void SetFor(long due)
    {
        Interlocked.Exchange(ref _looksAt, due);
        var left = _time.GetElapsedTime(Now, due);
        _timer.Change(left > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
