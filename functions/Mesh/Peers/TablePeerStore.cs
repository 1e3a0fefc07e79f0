using Azure;
using Azure.Data.Tables;
using Mesh.Storage;
using Records;
using Records.Trust;

namespace Mesh.Peers;

/// <summary>Reports in Azure Table storage.</summary>
internal sealed class TablePeerStore(TableServiceClient service, TimeProvider time) : IPeerStore
{
    private readonly TableClient _table = service.GetTableClient(PeerRow.Table);

    public async Task<TableFailure?> WriteAsync(PeerRow row, CancellationToken cancellation)
    {
        var entity = new TableEntity(row.ToRow()) { PartitionKey = row.Address.PartitionKey, RowKey = row.Address.RowKey };
        var failure = await TryWriteAsync(entity, cancellation);
        return failure is { Loss: StorageLoss.NoTable } ? await CreateTableAsync(cancellation) ?? await TryWriteAsync(entity, cancellation) : failure;
    }

    // A row or a table that is not there is what was wanted: the client takes 404 for success here.
    public Task<TableFailure?> RemoveAsync(RowAddress address, CancellationToken cancellation) =>
        TableCall.TryAsync(token => _table.DeleteEntityAsync(address.PartitionKey, address.RowKey, ETag.All, token), time, cancellation);

    private Task<TableFailure?> TryWriteAsync(TableEntity entity, CancellationToken cancellation) =>
        TableCall.TryAsync(token => _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, token), time, cancellation);

    // Tables are made when the first row needs them.
    private Task<TableFailure?> CreateTableAsync(CancellationToken cancellation) =>
        TableCall.TryAsync(token => _table.CreateWhereMissingAsync(token), time, cancellation);
}
