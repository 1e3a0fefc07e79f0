namespace Gateway.Limits;

/// <summary>
/// A token bucket: at most B at once, and at most B + L·t/W in any interval t. Counted in whole L-ths of a unit of the clock, so that
/// nothing is lost or gained by rounding: a token is worth W of them, and every unit of time earns L.
/// </summary>
internal sealed class BucketCounter : LimitCounter
{
    private Int128 _missing;
    private long _at;
    private long _perUnit;

    public override LimitReading Read(LimitQuota quota, LimitInstant now)
    {
        Earn(now);
        _perUnit = quota.Count;
        Int128 token = now.Units(quota.Window);
        var size = token * quota.Burst!.Value;
        // After a smaller burst has come into force it is empty at most.
        _missing = Int128.Min(_missing, size);
        var level = size - _missing;
        var remaining = (long)(level / token);
        return new(remaining > 0, remaining, _missing == 0 ? TimeSpan.Zero : now.Duration((token - (level % token) + quota.Count - 1) / Math.Max(quota.Count, 1)));
    }

    public override void Take(LimitQuota quota, LimitInstant now) => _missing += now.Units(quota.Window);

    public override long? Weight(LimitInstant now)
    {
        Earn(now);
        return (long)Int128.Min((_missing + now.Frequency - 1) / now.Frequency, long.MaxValue);
    }

    private void Earn(LimitInstant now)
    {
        _missing = Int128.Max(_missing - ((Int128)(now.Timestamp - _at) * _perUnit), 0);
        _at = now.Timestamp;
    }
}
