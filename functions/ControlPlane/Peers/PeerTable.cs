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

    /// <summary>Forgets an instance that has not been heard of for long. It writes its row anew should it come back.</summary>
    public Task RemoveAsync(StoredPeer peer, CancellationToken cancellation) =>
        TableFailures.TryAsync(PeerRow.Table, () => _table.DeleteEntityAsync(peer.Service, peer.Instance, peer.Tag, cancellation), cancellation);

    private static StoredPeer Read(TableEntity entity)
    {
        var (row, fault) = PeerRow.FromRow(new Dictionary<string, object>(entity));
        return new(entity.PartitionKey, entity.RowKey, entity.Timestamp ?? DateTimeOffset.MinValue, entity.ETag, row, fault?.ToString());
    }
}
