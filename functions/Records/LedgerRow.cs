namespace Records;

/// <summary>
/// One limit of one key, shared by all instances: the tokens granted, by label. The label of a token is the last slot in which it may
/// be spent. A record of values only: the bytes are written and read in <see cref="LedgerRowFormat"/>.
/// </summary>
public sealed record LedgerRow
{
    /// <summary>So many commit ids stay in the row, for writers that got no answer.</summary>
    public const int RememberedCommits = 8;

    /// <summary>Drawn at random when the row is made or reset. A lease settles only into its own epoch.</summary>
    public required ulong Epoch { get; init; }

    /// <summary>Of the settings that the row was made from; the row's wins over the configuration.</summary>
    public required long Revision { get; init; }

    public required LedgerShape Shape { get; init; }

    /// <summary>Tokens in all: the L of "L per W".</summary>
    public required long Limit { get; init; }

    /// <summary>The slot of the last commit. Labels below it by more than the shape's slots are out of the ring.</summary>
    public required long Base { get; init; }

    /// <summary>Commits since the row was made.</summary>
    public long Commits { get; init; }

    /// <summary>Random ids of the last commits, oldest first.</summary>
    public IReadOnlyList<ulong> RecentCommits { get; init; } = [];

    /// <summary>Tokens granted: labels ascending, counts above zero.</summary>
    public IReadOnlyList<LabelCount> Granted { get; init; } = [];
}
