using Records;

namespace Gateway.Limits.Ledger;

/// <summary>
/// The ledger as pure functions. Why no interval of length W holds more than L admissions:
/// 1. in every committed row the tokens with labels in the ring are at most L;
/// 2. a token is spent no later than in its label's slot;
/// 3. settling happens at most once per token and never lowers what was spent.
/// An interval of length W touches at most the slots j..j+S. Of the tokens spent in it take the one whose grant was committed last, in
/// slot c ≤ j+S. All others were granted before and then had a label ≥ j ≥ c−S, so that commit counted them: at most L in all.
/// Periods of the calendar and requests in flight are rings with S = 0: a token counts until its label has passed. Buckets are
/// <see cref="BucketSteps"/>.
/// </summary>
internal static class SlotLedger
{
    /// <summary>A row without grants; a bucket is full.</summary>
    public static LedgerRow Create(ulong epoch, long revision, LedgerShape shape, long limit, TimeBounds now, long earns = 0) => new()
    {
        Epoch = epoch,
        Revision = revision,
        Shape = shape,
        Limit = limit,
        Total = limit,
        Base = Math.Max(shape.SlotOf(now.Lower), 0),
        Earns = earns,
        Free = earns > 0 ? limit : 0,
    };

    /// <summary>The slot in which a commit counts: never before the row's base, so that all instances subtract from the same ring.</summary>
    public static long CommitSlot(LedgerRow row, TimeBounds now) => Math.Max(row.Shape.SlotOf(now.Lower), row.Base);

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

        var slot = CommitSlot(row, now);
        var end = slot + request.LeaseSlots - 1;
        var terms = new LeaseTerms(row.Epoch, row.Shape, slot, end + request.GraceSlots) { End = Math.Min(row.Shape.EndOf(end), request.LatestEnd) };
        var granted = new LabelCounts(row.Granted);
        var free = row.Free;
        if (row.Earns > 0)
        {
            free = BucketSteps.Earn(row, granted, slot);
            free += BucketSteps.Settle(granted, settlements, slot);

            // A bucket that was made smaller may have more, and more may come back to it, than it holds now.
            free = Math.Min(free, Math.Max(row.Limit - granted.Sum, 0));
        }
        else
        {
            Settle(granted, settlements, terms.Label);
        }

        if (granted.HasNegative)
        {
            return new(LedgerFault.Negative);
        }

        granted.DropBelow(slot - row.Shape.Slots);
        var available = row.Earns > 0 ? free : row.Limit - granted.Sum;
        var grant = Math.Max(0, Math.Min(request.Wanted, available));
        granted.Add(terms.Label, grant);
        return new(LedgerFault.None, row with
        {
            Base = slot,
            Free = row.Earns > 0 ? free - grant : 0,
            Granted = granted.ToArray(),
            Commits = row.Commits + 1,
            RecentCommits = Remember(row.RecentCommits, request.CommitId),
        }, grant, terms);
    }

    /// <summary>The row's commit ids with one more, the oldest forgotten.</summary>
    public static IReadOnlyList<ulong> Remember(IReadOnlyList<ulong> commits, ulong commitId) =>
        [.. commits.Count < LedgerRow.RememberedCommits ? commits : commits.Skip(commits.Count - LedgerRow.RememberedCommits + 1), commitId];

    // Tokens that were decremented and not recorded yet are neither released nor recorded: they stay at the label.
    private static void Settle(LabelCounts granted, IReadOnlyList<Settlement> settlements, long newLabel)
    {
        foreach (var settlement in settlements)
        {
            var label = settlement.Lease.Terms.Label;
            granted.Add(label, -settlement.Released - settlement.Moved);
            granted.Add(newLabel, settlement.Moved);
            foreach (var (slot, count) in settlement.Records)
            {
                granted.Add(label, -count);
                granted.Add(slot, count);
            }
        }
    }
}
