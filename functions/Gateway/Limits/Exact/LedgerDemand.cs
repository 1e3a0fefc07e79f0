namespace Gateway.Limits.Exact;

/// <summary>How much is asked of a key in this process: a moving average over a few seconds, and how long storage takes to answer.</summary>
internal sealed class LedgerDemand
{
    private static readonly long _memory = TimeSpan.FromSeconds(2).Ticks;

    private long _first = long.MinValue;
    private long _since = long.MinValue;

    /// <summary>Requests in a tick of 100 ns.</summary>
    public double PerTick { get; private set; }

    /// <summary>Ticks from a write to its answer.</summary>
    public double RoundTrip { get; private set; } = TimeSpan.FromMilliseconds(10).Ticks;

    /// <summary>False: nothing was counted yet.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>For how long it was counted, in ticks.</summary>
    public long Watched => _since - _first;

    /// <summary>So many requests came since the last call.</summary>
    public void Count(long requests, long now)
    {
        if (_since != long.MinValue && now > _since)
        {
            IsKnown = true;
            var passed = (double)(now - _since);
            var weight = passed / (passed + _memory);
            PerTick += weight * ((requests / passed) - PerTick);
        }

        else if (_since == long.MinValue)
        {
            _first = now;
        }

        _since = Math.Max(now, _since);
    }

    /// <summary>An answer took so long.</summary>
    public void Answered(long took) => RoundTrip += 0.25 * (Math.Max(took, 0) - RoundTrip);

    /// <summary>Requests to be expected while storage answers so many times.</summary>
    public long During(int roundTrips) => (long)Math.Ceiling(PerTick * roundTrips * RoundTrip);
}
