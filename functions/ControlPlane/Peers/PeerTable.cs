using Azure;
using Azure.Data.Tables;
using ControlPlane.Storage;
using Records.Trust;

namespace ControlPlane.Peers;

/// <summary>The rows that instances write of themselves.</summary>
internal sealed class PeerTable(TableServiceClient service, TimeProvider time)
{
    private readonly TableClient _table = service.GetTableClient(PeerRow.Table);

    /// <summary>Every row there is.</summary>
    public async Task<StoredPeers> ListAsync(CancellationToken cancellation)
    {
        var rows = new List<StoredPeer>();
        DateTimeOffset? at = null;
        await using var pages = _table.QueryAsync<TableEntity>(filter: (string?)null, cancellationToken: cancellation).AsPages().GetAsyncEnumerator(cancellation);
        while (await pages.TryMoveNextAsync(PeerRow.Table, cancellation))
        {
            // The first page's: a row that was taken after it is only younger.
            at ??= pages.Current.GetRawResponse()?.Headers.Date;
            rows.AddRange(pages.Current.Values.Select(Read));
        }

        return new(at ?? time.GetUtcNow(), rows);
    }

    /// <summary>Forgets the instances that have not been heard of for so long, by storage's clock. One that comes back writes its row anew.</summary>
    public async Task ForgetAsync(TimeSpan silence, CancellationToken cancellation)
    {
        var (at, rows) = await ListAsync(cancellation);
        foreach (var peer in rows.Where(peer => at - peer.Heartbeat > silence))
        {
            await TableFailures.TryAsync(PeerRow.Table, () => TryRemoveAsync(peer, cancellation), cancellation);
        }
    }

    private async Task<bool> TryRemoveAsync(StoredPeer peer, CancellationToken cancellation)
    {
        try
        {
            await _table.DeleteEntityAsync(peer.Service, peer.Instance, peer.Tag, cancellation);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // It has just come back, or somebody else has removed it.
            return false;
        }
    }

    private static StoredPeer Read(TableEntity entity)
    {
        var (row, fault) = PeerRow.FromRow(new Dictionary<string, object>(entity));
        return new(entity.PartitionKey, entity.RowKey, entity.Timestamp ?? DateTimeOffset.MinValue, entity.ETag, row, fault?.ToString());
    }
}
