namespace Gateway.Limits.Ledger;

/// <summary>
/// Between which instants storage's time lies now, in ticks. The lower one recycles tokens, the upper one ends leases: mixing them up
/// breaks the promise.
/// </summary>
internal readonly record struct TimeBounds(long Lower, long Upper);
