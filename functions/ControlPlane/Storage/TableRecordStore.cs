using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Records;

namespace ControlPlane.Storage;

/// <summary>Records in Azure Table storage.</summary>
internal sealed partial class TableRecordStore<TRecord>(TableServiceClient service, ILogger<TableRecordStore<TRecord>> logger) : IRecordStore<TRecord>
    where TRecord : class, ITableRecord<TRecord>
{
    // Marks who wrote a row last: after an answer that leaves it open, reading back tells whether it was this write.
    // (The client's own retries make a 409 or 412 such an answer too: the first attempt may have been carried out.)
    private const string WriteColumn = "Write";

    private readonly TableClient _table = service.GetTableClient(TRecord.Table);

    public async IAsyncEnumerable<TRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var rows = _table.QueryAsync<TableEntity>(filter: (string?)null, cancellationToken: cancellation).GetAsyncEnumerator(cancellation);
        while (await rows.TryMoveNextAsync(TRecord.Table, cancellation))
        {
            var (record, fault) = TRecord.FromRow(new Dictionary<string, object>(rows.Current));
            if (record is not null)
            {
                yield return record;
            }
            else
            {
                Log.Damaged(logger, TRecord.Table, fault!);
            }
        }
    }

    public async Task<Stored<TRecord>?> FindAsync(string key, CancellationToken cancellation)
    {
        if (await ReadAsync(TRecord.AddressOf(key), cancellation) is not { } row)
        {
            return null;
        }

        var (record, fault) = TRecord.FromRow(new Dictionary<string, object>(row));
        return record is not null ? new(record, row.ETag.ToString()) : throw new DamagedRecordException(fault!);
    }

    public Task<bool> TryAddAsync(TRecord record, CancellationToken cancellation)
    {
        var row = RowOf(record);
        return WriteAsync(
            () => AddAsync(row, cancellation),
            record.Address,
            stored => stored is null ? null : IsSameWrite(stored, row),
            cancellation);
    }

    public Task<bool> TryReplaceAsync(TRecord record, string tag, CancellationToken cancellation)
    {
        var row = RowOf(record);
        return WriteAsync(
            () => _table.UpdateEntityAsync(row, new ETag(tag), TableUpdateMode.Replace, cancellation),
            record.Address,
            stored => stored is null ? false : IsSameWrite(stored, row) ? true : HasTag(stored, tag) ? null : false,
            cancellation);
    }

    public Task<bool> TryRemoveAsync(TRecord record, string tag, CancellationToken cancellation)
    {
        var (partition, key) = record.Address;
        return WriteAsync(
            () => _table.DeleteEntityAsync(partition, key, new ETag(tag), cancellation),
            record.Address,
            stored => stored is null ? true : HasTag(stored, tag) ? null : false,
            cancellation);
    }

    // Tables are made when the first row needs them; reading takes a missing one as empty.
    private async Task AddAsync(TableEntity row, CancellationToken cancellation)
    {
        try
        {
            await _table.AddEntityAsync(row, cancellation);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            await _table.CreateIfNotExistsAsync(cancellation);
            await _table.AddEntityAsync(row, cancellation);
        }
    }

    /// <param name="write">The write.</param>
    /// <param name="address">The row that it is about.</param>
    /// <param name="happened">Told by what stands there now: yes, surely not, or still open.</param>
    private async Task<bool> WriteAsync(Func<Task> write, RowAddress address, Func<TableEntity?, bool?> happened, CancellationToken cancellation)
    {
        try
        {
            await write();
            return true;
        }
        catch (Exception failure) when (failure is RequestFailedException { Status: 404 or 409 or 412 } || TableFailures.IsAway(failure, cancellation))
        {
            return happened(await ReadAsync(address, cancellation)) ?? throw TableFailures.Away(TRecord.Table, failure);
        }
    }

    private static bool IsSameWrite(TableEntity stored, TableEntity row) =>
        string.Equals(stored.GetString(WriteColumn), row.GetString(WriteColumn), StringComparison.Ordinal);

    private static bool HasTag(TableEntity stored, string tag) => stored.ETag == new ETag(tag);

    private async Task<TableEntity?> ReadAsync(RowAddress address, CancellationToken cancellation)
    {
        var answer = await TableFailures.TryAsync(
            TRecord.Table, () => _table.GetEntityIfExistsAsync<TableEntity>(address.PartitionKey, address.RowKey, cancellationToken: cancellation), cancellation);
        return answer.HasValue ? answer.Value : null;
    }

    private static TableEntity RowOf(TRecord record)
    {
        var (partition, key) = record.Address;
        return new(record.ToRow())
        {
            PartitionKey = partition,
            RowKey = key,
            [WriteColumn] = RandomNumberGenerator.GetHexString(16),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A row of table {Table} cannot be read and is left out: {Fault}")]
        public static partial void Damaged(ILogger logger, string table, RowFault fault);
    }
}
