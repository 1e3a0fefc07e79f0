using Gateway.Limits.Ledger;
using Microsoft.Extensions.Logging;

namespace Gateway.Limits.Exact;

/// <summary>
/// What this process knows of storage's time. Wall clocks are not trusted: a time comes only from the process's own successful write, whose
/// answer carries the time of it. Storage made that write between the moment it was sent and the moment its answer was here; since then the
/// local clock went on, with an error of at most one in five thousand.
/// </summary>
internal sealed partial class StorageClock(ILedgerStore store, TimeProvider time, LedgerMetrics metrics, ILogger<StorageClock> logger)
{
    /// <summary>All of storage's servers keep the same time up to this.</summary>
    public static readonly long Spread = TimeSpan.FromMilliseconds(5).Ticks;

    /// <summary>How long no write is needed to learn the time again.</summary>
    public static readonly long GoodFor = TimeSpan.FromSeconds(10).Ticks;

    // ETags have finer digits, but an emulator's last four are no time.
    private static readonly long _grain = TimeSpan.TicksPerMillisecond;

    /// <summary>The local clock errs by one in so many at most: 200 ppm.</summary>
    public const long Drift = 5_000;

    private readonly Lock _lock = new();
    private volatile Knowledge? _known;
    private Task<bool>? _learning;
    private bool _isChecked;
    private bool _isUseless;

    /// <summary>Raised when what was known turned out wrong: leases that were judged by it must go.</summary>
    public event Action? Mistaken;

    /// <summary>Rises with each such mistake.</summary>
    public int Era { get; private set; }

    /// <summary>The local clock, in ticks of 100 ns.</summary>
    public long Local => Ticks(time.GetTimestamp());

    /// <summary>Between which instants storage's time lies now; null: nothing is known.</summary>
    public TimeBounds? Bounds => _known is { } known ? BoundsAt(known, Local) : null;

    /// <summary>The upper bound at a reading of the local clock; never reached where nothing is known.</summary>
    public long UpperAt(long local) => _known is { } known ? Upper(known.ForUpper, local) : long.MaxValue;

    /// <summary>The lower bound at a reading of the local clock; never reached where nothing is known.</summary>
    public long LowerAt(long local) => _known is { } known ? Lower(known.ForLower, local) : long.MinValue;

    /// <summary>Takes the time from a write that was sent and answered at these local readings.</summary>
    public void Learn(LedgerWriteAnswer answer, long sentAt, long receivedAt)
    {
        if (answer.Time is not { } written)
        {
            return;
        }

        var sample = new Sample(written, sentAt, receivedAt);
        var isMistaken = false;
        lock (_lock)
        {
            var known = _known ?? new(sample, sample, receivedAt);
            var (before, now) = (BoundsAt(known, receivedAt), BoundsAt(new(sample, sample, receivedAt), receivedAt));
            isMistaken = now.Lower > before.Upper || now.Upper < before.Lower;
            _known = isMistaken
                ? new(sample, sample, receivedAt)
                : new(now.Lower >= before.Lower ? sample : known.ForLower, now.Upper <= before.Upper ? sample : known.ForUpper, Math.Max(receivedAt, known.LearnedAt));
        }

        if (isMistaken)
        {
            Begin();
        }
    }

    /// <summary>Forgets all: a row shows that the time was known wrongly.</summary>
    public void Distrust()
    {
        _known = null;
        Begin();
    }

    /// <summary>Makes sure that the time was learned a moment ago, by a write of this process's own row if need be. False: storage is away.</summary>
    public ValueTask<bool> RefreshAsync()
    {
        if (_known is { } known && Local - known.LearnedAt < GoodFor)
        {
            return new(true);
        }

        lock (_lock)
        {
            return new(_learning ??= LearnAsync());
        }
    }

    private async Task<bool> LearnAsync()
    {
        // Not inside the lock of the caller.
        await Task.Yield();
        try
        {
            var sentAt = Local;
            var answer = await store.StampAsync();
            var receivedAt = Local;
            if (answer.Outcome != LedgerWrite.Written || !await IsTimeAsync(answer, sentAt))
            {
                return false;
            }

            Learn(answer, sentAt, receivedAt);
            return true;
        }
        finally
        {
            lock (_lock)
            {
                _learning = null;
            }
        }
    }

    // Once: a store whose ETags say something else than its Timestamps cannot tell the time.
    private async Task<bool> IsTimeAsync(LedgerWriteAnswer answer, long sentAt)
    {
        if (_isChecked || answer.Time is not { } written)
        {
            _isUseless |= answer.Time is null;
        }
        else if (await store.ReadStampAsync() is { } timestamp)
        {
            // Others stamp the row too, and a stamp of one's own may come late: it was stamped then or since.
            _isChecked = true;
            _isUseless = timestamp < written - (2 * Spread) || timestamp > Upper(new(written, sentAt, sentAt), Local) + Spread;
        }
        else
        {
            return false;
        }

        if (_isUseless)
        {
            Log.NoTime(logger);
        }

        return !_isUseless;
    }

    private void Begin()
    {
        Era++;
        metrics.TimeRelearned();
        Log.Mistaken(logger);
        Mistaken?.Invoke();
    }

    private static TimeBounds BoundsAt(Knowledge known, long local) => new(Lower(known.ForLower, local), Upper(known.ForUpper, local));

    private static long Lower(Sample sample, long local)
    {
        var passed = local - sample.ReceivedAt;
        return sample.Written + passed - (passed / Drift) - 1 - Spread;
    }

    private static long Upper(Sample sample, long local)
    {
        var passed = local - sample.SentAt;
        return sample.Written + _grain + passed + (passed / Drift) + 1 + Spread;
    }

    private long Ticks(long timestamp) => time.TimestampFrequency == TimeSpan.TicksPerSecond
        ? timestamp
        : (long)((Int128)timestamp * TimeSpan.TicksPerSecond / time.TimestampFrequency);

    private readonly record struct Sample(long Written, long SentAt, long ReceivedAt);

    // The best sample for each bound: a slow answer says little of one and may say much of the other.
    private sealed record Knowledge(Sample ForLower, Sample ForUpper, long LearnedAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Storage's time is not what was known: leases are dropped, and the time is learned again.")]
        public static partial void Mistaken(ILogger logger);

        [LoggerMessage(2, LogLevel.Error, "This storage's ETags do not tell its time: exact limits cannot be counted in it.")]
        public static partial void NoTime(ILogger logger);
    }
}
