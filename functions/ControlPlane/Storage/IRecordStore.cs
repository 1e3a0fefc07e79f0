using Records;

namespace ControlPlane.Storage;

/// <summary>
/// One table of records. A write that timed out and may have happened is resolved here by reading back, so that the answers are plain:
/// it happened, it did not, or <see cref="StorageAwayException"/>.
/// </summary>
internal interface IRecordStore<TRecord>
    where TRecord : class, ITableRecord<TRecord>
{
    /// <summary>All records, in no order. Damaged rows are left out and logged.</summary>
    IAsyncEnumerable<TRecord> ListAsync(CancellationToken cancellation);

    /// <summary>The record with this name or id, or null.</summary>
    Task<Stored<TRecord>?> FindAsync(string key, CancellationToken cancellation);

    /// <summary>False: there is such a record already.</summary>
    Task<bool> TryAddAsync(TRecord record, CancellationToken cancellation);

    /// <summary>False: the record has changed since, or is gone.</summary>
    Task<bool> TryReplaceAsync(TRecord record, string tag, CancellationToken cancellation);

    /// <summary>False: the record has changed since. One that is gone counts as removed.</summary>
    Task<bool> TryRemoveAsync(TRecord record, string tag, CancellationToken cancellation);
}

/// <summary>A record as it was read, with the tag that a write of it has to name.</summary>
internal sealed record Stored<TRecord>(TRecord Record, string Tag);
