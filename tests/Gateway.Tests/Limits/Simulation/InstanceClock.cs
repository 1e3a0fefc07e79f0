namespace Gateway.Tests.Limits.Simulation;

/// <summary>The clock of one process: it begins anywhere and runs a little too fast or too slow, but goes on while the process is stopped.</summary>
/// <param name="drift">By how much a tick of this clock differs from a true one, in parts per billion.</param>
internal sealed class InstanceClock(VirtualTime time, VirtualProcess process, Random random, long drift, Stalls stalls) : TimeProvider
{
    private const long Billion = 1_000_000_000;

    private readonly long _origin = random.NextInt64(TimeSpan.TicksPerDay);
    private readonly long _start = time.Now;
    private readonly long _wallError = random.NextInt64(-TimeSpan.TicksPerHour, TimeSpan.TicksPerHour);

    // The stack holds a nested loop for each process that is stalled.
    private const int MostStalls = 5;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        time.Step();
        if (stalls.Share == 0 || random.NextDouble() >= stalls.Share || process.EndedAt is not null || time.Depth > MostStalls)
        {
            return Reading;
        }

        var (before, duration) = (Reading, random.NextInt64(stalls.Longest));
        process.Stall(duration);
        return random.Next(2) == 0 ? before : Reading;
    }

    /// <summary>Wrong by up to an hour: nobody may rely on it.</summary>
    public override DateTimeOffset GetUtcNow() => new(time.Now + _wallError, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(time, process, this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>The true instant of a reading.</summary>
    public long TrueInstant(long timestamp) => _start + TrueTicks(timestamp - _origin);

    /// <summary>How long so many ticks of this clock truly last.</summary>
    public long TrueTicks(long ticks) => ticks + (ticks * drift / Billion);

    private long Reading
    {
        get
        {
            var passed = time.Now - _start;
            return _origin + passed - (passed * drift / (Billion + drift));
        }
    }
}
