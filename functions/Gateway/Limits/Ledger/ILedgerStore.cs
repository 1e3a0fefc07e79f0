using Records;

namespace Gateway.Limits.Ledger;

/// <summary>Where ledger rows are. Makes each attempt once and never throws for what storage does.</summary>
internal interface ILedgerStore
{
    /// <summary>Reads one row.</summary>
    Task<LedgerReadAnswer> ReadAsync(RowAddress address);

    /// <summary>Reads all shards of a limit's key, in their order.</summary>
    Task<IReadOnlyList<LedgerReadAnswer>?> ReadAllAsync(string partitionKey);

    /// <summary>Adds a row (null ETag) or replaces the one of that ETag; once, and never again by itself.</summary>
    Task<LedgerWriteAnswer> WriteAsync(RowAddress address, LedgerRow row, string? etag);

    /// <summary>Writes several rows of a partition, all or none.</summary>
    Task<LedgerWriteAnswer> WriteAllAsync(string partitionKey, IReadOnlyList<LedgerWriteRow> rows);

    /// <summary>Removes a row of that ETag. True: it is gone.</summary>
    Task<bool> TryRemoveAsync(RowAddress address, string etag);

    /// <summary>Merges the row of this process, to learn storage's time from the answer.</summary>
    Task<LedgerWriteAnswer> StampAsync();

    /// <summary>The Timestamp of the row of this process, in ticks, as a read gives it. Null: no answer.</summary>
    Task<long?> ReadStampAsync();
}

/// <summary>What a read came to.</summary>
/// <param name="IsAnswered">False: storage is away.</param>
/// <param name="Row">The row; null: there is none, or it is damaged.</param>
/// <param name="ETag">Null: there is no row.</param>
internal readonly record struct LedgerReadAnswer(bool IsAnswered, LedgerRow? Row, string? ETag)
{
    /// <summary>Which shard, where several are read.</summary>
    public int Shard { get; init; }

    /// <summary>There is a row, and it cannot be read: nothing may be granted from it.</summary>
    public bool IsDamaged => Row is null && ETag is not null;
}

/// <summary>One row of a transaction.</summary>
internal readonly record struct LedgerWriteRow(int Shard, LedgerRow Row, string? ETag);

/// <summary>What a write came to.</summary>
/// <param name="ETag">Of the row as written; null unless written, and for several rows at once.</param>
/// <param name="Time">Storage's time of the write in ticks, out of the ETag, floored to milliseconds. Null unless written.</param>
internal readonly record struct LedgerWriteAnswer(LedgerWrite Outcome, string? ETag = null, long? Time = null);

/// <summary>The ways in which a write ends.</summary>
internal enum LedgerWrite
{
    /// <summary>It was made.</summary>
    Written,

    /// <summary>It was surely not made: somebody else wrote before, or the row is gone or there already.</summary>
    Conflict,

    /// <summary>It was surely not made: nothing was sent.</summary>
    NotSent,

    /// <summary>Nobody knows: it may be made yet.</summary>
    Unknown,
}
