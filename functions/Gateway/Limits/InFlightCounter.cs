namespace Gateway.Limits;

/// <summary>At most L requests at the same time.</summary>
internal sealed class InFlightCounter : LimitCounter
{
    private long _held;

    public override LimitReading Read(LimitQuota quota, LimitInstant now)
    {
        var remaining = Math.Max(quota.Count - _held, 0);
        return new(remaining > 0, remaining, null);
    }

    public override void Take(LimitQuota quota, LimitInstant now) => _held++;

    public override void Finish() => _held--;

    public override long? Weight(LimitInstant now) => _held == 0 ? 0 : null;
}
