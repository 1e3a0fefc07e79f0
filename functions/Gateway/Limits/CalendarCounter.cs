namespace Gateway.Limits;

/// <summary>At most L in each day or month of a time zone. A wall clock that is set back stays in the period that it has reached.</summary>
internal sealed class CalendarCounter : LimitCounter
{
    private DateTimeOffset _end = DateTimeOffset.MinValue;
    private long _used;

    public override LimitReading Read(LimitQuota quota, LimitInstant now)
    {
        if (now.Wall >= _end)
        {
            _end = quota.Calendar!.Around(now.Wall).End;
            _used = 0;
        }

        var remaining = Math.Max(quota.Count - _used, 0);
        return new(remaining > 0, remaining, _end - now.Wall);
    }

    public override void Take(LimitQuota quota, LimitInstant now) => _used++;

    public override long? Weight(LimitInstant now) => now.Wall >= _end ? 0 : _used;
}
