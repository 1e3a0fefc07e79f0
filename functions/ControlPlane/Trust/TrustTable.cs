using Azure;
using Azure.Data.Tables;
using ControlPlane.Storage;
using Records.Trust;

namespace ControlPlane.Trust;

/// <summary>The bundles, as they are stored: read, and added to.</summary>
internal sealed class TrustTable(TableServiceClient service)
{
    private readonly TableClient _table = service.GetTableClient(BundleRow.Table);

    /// <summary>The newest bundle, or null: there is none yet.</summary>
    public async Task<BundleRow?> NewestAsync(CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {BundleRow.PartitionKey}");
        await using var rows = _table.QueryAsync<TableEntity>(filter, maxPerPage: 1, cancellationToken: cancellation).GetAsyncEnumerator(cancellation);
        return await rows.TryMoveNextAsync(BundleRow.Table, cancellation) ? Read(rows.Current) : null;
    }

    /// <summary>False: another bundle of this sequence stands there.</summary>
    public async Task<bool> TryAddAsync(BundleRow row, CancellationToken cancellation)
    {
        var entity = new TableEntity(row.ToRow()) { PartitionKey = row.Address.PartitionKey, RowKey = row.Address.RowKey };
        try
        {
            await AddAsync(entity, cancellation);
            return true;
        }
        catch (Exception failure) when (failure is RequestFailedException { Status: 409 } || TableFailures.IsAway(failure, cancellation))
        {
            // The client repeats by itself, and an answer may be lost: what stands there tells whether it was this write.
            return await FindAsync(row.Sequence, cancellation) is { } stored
                ? string.Equals(stored.Document, row.Document, StringComparison.Ordinal)
                : throw TableFailures.Away(BundleRow.Table, failure);
        }
    }

    /// <summary>The bundle of this sequence, or null.</summary>
    public async Task<BundleRow?> FindAsync(long sequence, CancellationToken cancellation)
    {
        var (partition, key) = BundleRow.AddressOf(sequence);
        var found = await TableFailures.TryAsync(
            BundleRow.Table, () => _table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation), cancellation);
        return found.HasValue ? Read(found.Value!) : null;
    }

    private async Task AddAsync(TableEntity entity, CancellationToken cancellation)
    {
        try
        {
            await _table.AddEntityAsync(entity, cancellation);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            await _table.CreateIfNotExistsAsync(cancellation);
            await _table.AddEntityAsync(entity, cancellation);
        }
    }

    private static BundleRow Read(TableEntity entity)
    {
        var (row, fault) = BundleRow.FromRow(new Dictionary<string, object>(entity));
        return row ?? throw new DamagedRecordException(fault!);
    }
}
