namespace Records;

/// <summary>
/// One limit of one key, or one shard of it, shared by all instances: the tokens granted, by label. The label of a token is the last slot
/// in which it may be spent. A record of values only: the bytes are written and read in <see cref="LedgerRowFormat"/>.
/// </summary>
public sealed record LedgerRow
{
    /// <summary>So many commit ids stay in the row, for writers that got no answer.</summary>
    public const int RememberedCommits = 8;

    /// <summary>The most shards of a limit: with the row that says how many, a transaction holds a hundred.</summary>
    public const int MostShards = 99;

    /// <summary>Drawn at random when the row is made or reset. A lease settles only into its own epoch.</summary>
    public required ulong Epoch { get; init; }

    /// <summary>Of the settings that the row was made from; the row's wins over the configuration.</summary>
    public required long Revision { get; init; }

    public required LedgerShape Shape { get; init; }

    /// <summary>Tokens of this row: the L of "L per W", or this shard's part of it; a bucket's capacity.</summary>
    public required long Limit { get; init; }

    /// <summary>Tokens of all shards together.</summary>
    public required long Total { get; init; }

    /// <summary>How many shards there are. Only the first shard's row is asked.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>The slot of the last commit. Labels below it by more than the shape's slots are out of the ring.</summary>
    public required long Base { get; init; }

    /// <summary>Commits since the row was made.</summary>
    public long Commits { get; init; }

    /// <summary>Random ids of the last commits, oldest first.</summary>
    public IReadOnlyList<ulong> RecentCommits { get; init; } = [];

    /// <summary>Tokens that a bucket earns with each slot. Zero: this is no bucket.</summary>
    public long Earns { get; init; }

    /// <summary>Tokens in the bucket that nobody holds. Zero where this is none.</summary>
    public long Free { get; init; }

    /// <summary>Tokens granted: labels ascending, counts above zero.</summary>
    public IReadOnlyList<LabelCount> Granted { get; init; } = [];

    /// <summary>Tokens that a commit in this slot may grant. Labels ahead of the slot count too. Negative after the limit was lowered.</summary>
    public long Available(long slot)
    {
        if (Earns > 0)
        {
            return Free;
        }

        var available = Limit;
        foreach (var (label, count) in Granted)
        {
            available -= label >= slot - Shape.Slots ? count : 0;
        }

        return available;
    }

    /// <summary>True: by this slot the row says nothing that a new one would not say.</summary>
    public bool IsSpent(long slot)
    {
        foreach (var (label, _) in Granted)
        {
            if (label >= slot - Shape.Slots)
            {
                return false;
            }
        }

        return Earns == 0 || Free == Limit;
    }

    /// <summary>The first slot, from this one on, in which a commit could grant. The longest number where it never can.</summary>
    public long FirstFree(long slot)
    {
        var available = Available(slot);
        if (Earns > 0 && available <= 0 && Granted.Sum(granted => granted.Count) < Limit)
        {
            return slot + 1;
        }

        foreach (var (label, count) in Granted)
        {
            if (available > 0)
            {
                break;
            }

            if (label >= slot - Shape.Slots)
            {
                available += count;
                slot = label + Shape.Slots + 1;
            }
        }

        return available > 0 ? slot : long.MaxValue;
    }
}
