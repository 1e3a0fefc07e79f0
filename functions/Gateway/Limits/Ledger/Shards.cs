using Records;

namespace Gateway.Limits.Ledger;

/// <summary>
/// A hot limit's row in parts, each with tokens of its own. Why the promise holds: a token that is free in the slot of the commit that moves
/// it was not spent in the window before, so wherever it is spent next, no window holds both. Rows are written together or not at all.
/// A bucket is never split: every part would be as full as the whole, and earn as much.
/// </summary>
internal static class Shards
{
    /// <summary>A shard has at least so many tokens.</summary>
    public const int FewestTokens = 20;

    /// <summary>
    /// The first row with more shards, and the rows to add: without a token, so that nothing depends on what a configuration says of their
    /// number. They are filled by <see cref="Move"/>.
    /// </summary>
    public static IReadOnlyList<LedgerRow> Split(LedgerRow first, int shards, ulong commitId)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(first.Earns, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shards, LedgerRow.MostShards);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(shards, first.Shards);
        var added = first with { Limit = 0, Shards = 1, Granted = [], Commits = 0, RecentCommits = [] };
        return
        [
            Commit(first, first.Base, commitId) with { Shards = shards },
            .. Enumerable.Repeat(added, shards - first.Shards),
        ];
    }

    /// <summary>Both rows with free tokens moved from one to the other; null: there are none to move.</summary>
    public static (LedgerRow From, LedgerRow To)? Move(LedgerRow from, LedgerRow to, TimeBounds now, long wanted, ulong commitId)
    {
        if (from.Earns > 0 || from.Base > from.Shape.SlotOf(now.Upper) || from.Shape != to.Shape || from.Epoch != to.Epoch)
        {
            return null;
        }

        var slot = SlotLedger.CommitSlot(from, now);
        var moved = Math.Min(wanted, from.Available(slot));
        return moved <= 0 ? null : (
            Commit(from, slot, commitId) with { Limit = from.Limit - moved },
            Commit(to, to.Base, commitId) with { Limit = to.Limit + moved });
    }

    /// <summary>All rows with another total. What is taken away comes from the rows that have most free.</summary>
    public static IReadOnlyList<LedgerRow> Resize(IReadOnlyList<LedgerRow> rows, long total, long revision, ulong commitId)
    {
        var limits = rows.Select(row => row.Limit).ToArray();
        for (var rest = total - limits.Sum(); rest != 0;)
        {
            var at = Enumerable.Range(0, limits.Length).MaxBy(index => limits[index] - rows[index].Granted.Sum(granted => granted.Count));
            var change = rest > 0 ? rest : Math.Max(rest, -limits[at]);
            if (change == 0)
            {
                at = Array.FindIndex(limits, limit => limit > 0);
                change = Math.Max(rest, -limits[at]);
            }

            limits[at] += change;
            rest -= change;
        }

        return [.. rows.Select((row, index) => Commit(row, row.Base, commitId) with { Limit = limits[index], Total = total, Revision = revision })];
    }

    private static LedgerRow Commit(LedgerRow row, long slot, ulong commitId) => row with
    {
        Base = slot,
        Granted = [.. row.Granted.Where(granted => granted.Label >= slot - row.Shape.Slots)],
        Commits = row.Commits + 1,
        RecentCommits = SlotLedger.Remember(row.RecentCommits, commitId),
    };
}
