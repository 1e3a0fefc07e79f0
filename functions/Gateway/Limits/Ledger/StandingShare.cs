using Records;

namespace Gateway.Limits.Ledger;

/// <summary>
/// Tokens that the holder of a membership spends without storage, for keys that are rarely asked for: an exact rolling window in memory. What
/// a predecessor spent is known to nobody, so the share is usable only a window after the predecessor's end. The promise is the ring's:
/// a spend stays in the slot of its upper bound, and by the lower bound it leaves.
/// </summary>
internal sealed class StandingShare(LedgerShape shape, int tokens, long usableFrom, long end)
{
    private readonly Lock _lock = new();

    // The slots of the last spends, as many as there are tokens: the oldest is the next to be free.
    private readonly long[] _spent = [.. Enumerable.Repeat(long.MinValue, tokens)];
    private int _oldest;
    private long _latest = long.MinValue;
    private long _end = end;

    /// <summary>The first instant at which a successor may spend, whose predecessor's membership ends then.</summary>
    public static long UsableFrom(LedgerShape shape, long predecessorsEnd) => predecessorsEnd + (shape.Slots * shape.SlotTicks);

    /// <summary>Takes a token, where both bounds of a reading of the clock allow it.</summary>
    public bool TrySpend(TimeBounds now)
    {
        lock (_lock)
        {
            if (tokens == 0 || now.Upper >= _end || now.Lower < usableFrom || _spent[_oldest] >= shape.SlotOf(now.Lower) - shape.Slots)
            {
                return false;
            }

            // Readings of several threads may come in another order. A slot too late is always safe.
            _latest = Math.Max(_latest, shape.SlotOf(now.Upper));
            _spent[_oldest] = _latest;
            _oldest = (_oldest + 1) % tokens;
            return true;
        }
    }

    /// <summary>The membership was renewed; never before its write is known to be made.</summary>
    public void Extend(long end)
    {
        lock (_lock)
        {
            _end = Math.Max(_end, end);
        }
    }
}
