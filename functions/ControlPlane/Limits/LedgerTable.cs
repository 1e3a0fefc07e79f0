using Azure;
using Azure.Data.Tables;
using ControlPlane.Storage;
using Records;

namespace ControlPlane.Limits;

/// <summary>The table of ledger rows, which the front door writes.</summary>
internal sealed class LedgerTable(TableServiceClient service)
{
    private readonly TableClient _table = service.GetTableClient(LedgerAddress.Table);

    /// <summary>All shards of a limit's key, the first one first.</summary>
    public async Task<IReadOnlyList<StoredShard>> ReadAsync(string partition, CancellationToken cancellation)
    {
        var shards = new List<StoredShard>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await using var rows = _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).GetAsyncEnumerator(cancellation);
        while (await rows.TryMoveNextAsync(LedgerAddress.Table, cancellation))
        {
            shards.Add(new(rows.Current));
        }

        return shards;
    }

    /// <summary>
    /// Removes all shards, damaged ones too, whoever writes them meanwhile: with 20 writes a second nobody would ever find the tags of all
    /// of them unchanged. Gives how many there were.
    /// </summary>
    public async Task<int> RemoveAsync(string partition, CancellationToken cancellation)
    {
        var found = await ReadAsync(partition, cancellation);
        var generations = found.Select(shard => shard.Generation).ToHashSet();
        for (var left = found; left.Count > 0;)
        {
            var failure = await TryRemoveAsync(left, cancellation);

            // Shards that came between reading and removing are of the old epoch still; a row of another one began after the reset.
            left = [.. (await ReadAsync(partition, cancellation)).Where(shard => generations.Contains(shard.Generation))];
            if (left.Count > 0 && failure is not null)
            {
                throw TableFailures.Away(LedgerAddress.Table, failure);
            }
        }

        return found.Count;
    }

    // The failure that leaves open what happened. A row that is gone already undoes the whole transaction, and the next one is without it.
    private async Task<Exception?> TryRemoveAsync(IReadOnlyList<StoredShard> shards, CancellationToken cancellation)
    {
        try
        {
            var actions = shards.Select(shard => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(shard.Address.PartitionKey, shard.Address.RowKey), ETag.All));
            await _table.SubmitTransactionAsync(actions, cancellation);
            return null;
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
        catch (Exception failure) when (TableFailures.IsAway(failure, cancellation))
        {
            return failure;
        }
    }
}
