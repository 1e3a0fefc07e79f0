namespace Gateway.Limits;

/// <summary>
/// At most L in any half-open interval of length W. Each admission is kept until it is W old. Why it holds: when the last of the
/// admissions inside such an interval was let in, all the others were younger than W, so they were counted, and the sum was at most L.
/// With many admissions neighbours share an entry that ends with the youngest of them, so that memory stays small and the error is
/// always on the side of refusing.
/// </summary>
internal sealed class RollingCounter : LimitCounter
{
    private const int ExactUpTo = 128;
    private const int EntriesPerWindow = 60;

    private readonly Queue<Entry> _entries = new();
    private Entry? _youngest;
    private long _used;

    public override LimitReading Read(LimitQuota quota, LimitInstant now)
    {
        Expire(now.Timestamp);
        var remaining = Math.Max(quota.Count - _used, 0);
        return new(remaining > 0, remaining, _used == 0 ? TimeSpan.Zero : now.Duration(EndOf(_used - quota.Count + remaining + 1) - now.Timestamp));
    }

    public override void Take(LimitQuota quota, LimitInstant now)
    {
        _used++;
        var end = EndOf(quota, now);
        if (_youngest is not null && end <= _youngest.End)
        {
            _youngest.Count++;
            return;
        }

        _entries.Enqueue(_youngest = new Entry { End = end, Count = 1 });
    }

    public override long? Weight(LimitInstant now)
    {
        Expire(now.Timestamp);
        return _used;
    }

    private static long EndOf(LimitQuota quota, LimitInstant now)
    {
        var window = now.Units(quota.Window);
        var grain = quota.Count <= ExactUpTo ? 1 : Math.Max(window / EntriesPerWindow, 1);
        var youngestOfGrain = (((now.Timestamp / grain) + 1) * grain) - 1;
        return youngestOfGrain + window;
    }

    // When so many of the oldest will have expired.
    private long EndOf(long count)
    {
        foreach (var entry in _entries)
        {
            if ((count -= entry.Count) <= 0)
            {
                return entry.End;
            }
        }

        return _youngest!.End;
    }

    private void Expire(long timestamp)
    {
        while (_entries.TryPeek(out var oldest) && oldest.End <= timestamp)
        {
            _entries.Dequeue();
            _used -= oldest.Count;
        }

        if (_entries.Count == 0)
        {
            _youngest = null;
        }
    }

    private sealed class Entry
    {
        public required long End { get; init; }

        public long Count { get; set; }
    }
}
