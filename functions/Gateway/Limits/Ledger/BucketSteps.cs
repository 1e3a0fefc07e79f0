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
    /// The row at the rate of a new one, from now on. Up to now it earns as before; then its slots begin sooner by what the time since its last
    /// slot began is worth at the new rate. So that slot is earned for once: where C + m stays B, an interval over the change holds at most
    /// B + (time before)·(rate before) + (time after)·(rate after). A slot that earns more than one before needs more kept back: it waits until
    /// no more than that is out.
    /// </summary>
    public static LedgerRow AtRate(LedgerRow row, LedgerRow wanted, TimeBounds now)
    {
        var slot = SlotLedger.CommitSlot(row, now);
        var granted = new LabelCounts(row.Granted);
        var free = Earn(row, granted, slot);
        if (wanted.Earns > row.Earns && granted.Sum > wanted.Limit)
        {
            return row;
        }

        var (began, length) = (row.Shape.StartOf(slot), wanted.Shape.SlotTicks);
        var passed = Math.Max(now.Lower - began, 0);
        var worth = (Int128)passed * row.Earns * length / ((Int128)row.Shape.SlotTicks * wanted.Earns);
        var shape = Slots.From(began + passed - (long)Int128.Min(worth, length - 1), length);
        return Reshape.To(row with { Granted = granted.ToArray() }, shape) with
        {
            Base = shape.SlotOf(began + passed),
            Earns = wanted.Earns,
            Free = free,
        };
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
