using Records;

namespace Gateway.Limits.Ledger;

/// <summary>
/// The ledger as pure functions. Why no interval of length W holds more than L admissions:
/// 1. in every committed row the tokens with labels in the ring are at most L;
/// 2. a token is spent no later than in its label's slot;
/// 3. settling happens at most once per token and never lowers what was spent.
/// An interval of length W touches at most the slots j..j+S. Of the tokens spent in it take the one whose grant was committed last, in
/// slot c ≤ j+S. All others were granted before and then had a label ≥ j ≥ c−S, so that commit counted them: at most L in all.
/// </summary>
internal static class SlotLedger
{
    /// <summary>A row without grants.</summary>
    public static LedgerRow Create(ulong epoch, long revision, LedgerShape shape, long limit, TimeBounds now) =>
        new() { Epoch = epoch, Revision = revision, Shape = shape, Limit = limit, Base = Math.Max(shape.SlotOf(now.Lower), 0) };

    /// <summary>The slot in which a commit counts: never before the row's base, so that all instances subtract from the same ring.</summary>
    public static long CommitSlot(LedgerRow row, TimeBounds now) => Math.Max(row.Shape.SlotOf(now.Lower), row.Base);

    /// <summary>
    /// Tokens that a commit in this slot may grant. Labels ahead of the slot count too. Negative after the limit was lowered.
    /// </summary>
    public static long Available(LedgerRow row, long slot) =>
        row.Limit - row.Granted.Sum(granted => granted.Label >= slot - row.Shape.Slots ? granted.Count : 0);

    /// <summary>The first slot at which the ring can free a token: until then a caller over the limit is refused from memory.</summary>
    public static long FirstFree(LedgerRow row, long slot)
    {
        var available = Available(row, slot);
        foreach (var (label, count) in row.Granted.Where(granted => granted.Label >= slot - row.Shape.Slots))
        {
            if (available > 0)
            {
                break;
            }

            available += count;
            slot = label + row.Shape.Slots + 1;
        }

        return available > 0 ? slot : long.MaxValue;
    }

    /// <summary>
    /// True: the lease's label is still in the ring of the row's base, in the same epoch and shape, and no write of it got lost.
    /// By the committer's own slot two instances would subtract from different rings.
    /// </summary>
    public static bool CanSettle(LedgerRow row, Lease lease) =>
        !lease.IsSealed && lease.Terms.Epoch == row.Epoch && lease.Terms.Shape == row.Shape && lease.Terms.Label >= row.Base - row.Shape.Slots;

    /// <summary>One commit: settles, drops the labels that left the ring, then grants up to what is wanted and available.</summary>
    public static LedgerCommit Commit(LedgerRow row, TimeBounds now, IReadOnlyList<Settlement> settlements, LedgerRequest request)
    {
        if (row.Base > row.Shape.SlotOf(now.Upper))
        {
            return new(LedgerFault.BaseAhead);
        }

        var granted = Settle(row.Granted, settlements);
        if (granted.Values.Any(count => count < 0))
        {
            return new(LedgerFault.Negative);
        }

        var slot = CommitSlot(row, now);
        var settled = row with { Base = slot, Granted = InRing(granted, slot - row.Shape.Slots) };
        var grant = Math.Max(0, Math.Min(request.Wanted, Available(settled, slot)));
        var terms = new LeaseTerms(row.Epoch, row.Shape, slot, slot + request.LeaseSlots - 1);
        Add(granted, terms.Label, grant);
        return new(LedgerFault.None, settled with
        {
            Granted = InRing(granted, slot - row.Shape.Slots),
            Commits = row.Commits + 1,
            RecentCommits = [.. row.RecentCommits.TakeLast(LedgerRow.RememberedCommits - 1), request.CommitId],
        }, grant, terms);
    }

    // Tokens that were decremented and not recorded yet are neither released nor recorded: they stay at the label.
    private static SortedList<long, long> Settle(IReadOnlyList<LabelCount> before, IReadOnlyList<Settlement> settlements)
    {
        var granted = new SortedList<long, long>(before.ToDictionary(pair => pair.Label, pair => pair.Count));
        foreach (var settlement in settlements)
        {
            Add(granted, settlement.Lease.Terms.Label, -(settlement.Released + settlement.Records.Sum(record => record.Count)));
            foreach (var (slot, count) in settlement.Records)
            {
                Add(granted, slot, count);
            }
        }

        return granted;
    }

    private static void Add(SortedList<long, long> granted, long label, long count) =>
        granted[label] = granted.GetValueOrDefault(label) + count;

    private static LabelCount[] InRing(SortedList<long, long> granted, long lowest) =>
        [.. from pair in granted where pair.Key >= lowest && pair.Value != 0 select new LabelCount(pair.Key, pair.Value)];
}
