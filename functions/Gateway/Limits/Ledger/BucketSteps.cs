using Records;

namespace Gateway.Limits.Ledger;

/// <summary>
/// A token bucket that instances lease from. At most C tokens exist, free or out; one is out from its grant until its label has passed, or
/// until the slot has passed in which it is known to be spent. With each slot m are earned, as long as fewer than C exist. An interval of
/// length t begins at most t/slot + 1 slots, so that at most C + m·(t/slot + 1) are spent in it: with C = B − m and slots no shorter than
/// m·W/L that is at most B + L·t/W. Were unspent tokens given back without being out before, they would be earned a second time meanwhile.
/// </summary>
internal static class BucketSteps
{
    /// <summary>Steps from the row's base to the slot of the commit. Returns the free tokens then; what has passed is dropped.</summary>
    public static long Earn(LedgerRow row, LabelCounts granted, long slot)
    {
        var free = row.Free;
        for (var at = row.Base; at < slot;)
        {
            // All slots up to the next label that passes are alike.
            granted.DropBelow(++at);
            var alike = Math.Min(slot, granted.Lowest) - at;
            var room = Math.Max(row.Limit - free - granted.Sum, 0);
            free += alike >= room / row.Earns ? room : Math.Min(room, row.Earns * (alike + 1));
            at += alike;
        }

        return free;
    }

    /// <summary>
    /// The row at another rate. What is out keeps its labels; the slot in which the rate changes earns nothing anew, as it was earned for.
    /// </summary>
    public static LedgerRow AtRate(LedgerRow row, LedgerShape shape, long earns)
    {
        var turned = Reshape.To(row, shape);
        var twice = earns * (shape.SlotOf(row.Shape.EndOf(row.Base)) - turned.Base + 1);
        return turned with { Earns = earns, Free = Math.Max(row.Free - twice, 0) };
    }

    /// <summary>Settles what is still out; returns the tokens that come back unspent.</summary>
    public static long Settle(LabelCounts granted, IReadOnlyList<Settlement> settlements, long slot)
    {
        var back = 0L;
        foreach (var settlement in settlements)
        {
            var label = settlement.Lease.Terms.Label;
            if (label < slot)
            {
                // It was dropped as spent, and what it held has been earned anew.
                continue;
            }

            back += settlement.Released;
            granted.Add(label, -settlement.Released);
            foreach (var (spent, count) in settlement.Records)
            {
                granted.Add(label, -count);
                if (spent >= slot)
                {
                    granted.Add(spent, count);
                }
            }
        }

        return back;
    }
}
