using Azure;
using Azure.Data.Tables;
using Mesh.Storage;
using Records.Trust;

namespace Mesh.Trust;

/// <summary>Bundles in Azure Table storage.</summary>
internal sealed class TableBundleSource(TableServiceClient service, TimeProvider time) : IBundleSource
{
    private static readonly string _partition = TableClient.CreateQueryFilter($"PartitionKey eq {BundleRow.PartitionKey}");

    private readonly TableClient _table = service.GetTableClient(BundleRow.Table);

    public Task<BundleReading> ReadNewestAsync(CancellationToken cancellation) => ReadAsync(FirstRowAsync, cancellation);

    public Task<BundleReading> ReadAsync(long sequence, CancellationToken cancellation) =>
        ReadAsync(token => RowAsync(BundleRow.AddressOf(sequence).RowKey, token), cancellation);

    private async Task<BundleReading> ReadAsync(Func<CancellationToken, Task<TableEntity?>> read, CancellationToken cancellation)
    {
        TableEntity? row = null;
        var failure = await TableCall.TryAsync(async token => row = await read(token), time, cancellation);
        return failure is not null ? BundleReading.Failed(failure) : row is null ? BundleReading.None : Understand(row);
    }

    // Keys are counted down: the first row is the newest.
    private async Task<TableEntity?> FirstRowAsync(CancellationToken cancellation)
    {
        await foreach (var row in _table.QueryAsync<TableEntity>(_partition, maxPerPage: 1, cancellationToken: cancellation))
        {
            return row;
        }

        return null;
    }

    // Only a missing row says that there is nothing newer; a missing table says nothing.
    private async Task<TableEntity?> RowAsync(string key, CancellationToken cancellation)
    {
        try
        {
            return await _table.GetEntityAsync<TableEntity>(BundleRow.PartitionKey, key, cancellationToken: cancellation);
        }
        catch (RequestFailedException missing) when (missing.Status == 404 && missing.ErrorCode == "ResourceNotFound")
        {
            return null;
        }
    }

    private static BundleReading Understand(TableEntity row)
    {
        var (record, fault) = BundleRow.FromRow(new Dictionary<string, object>(row));
        return record is null ? BundleReading.Damaged(fault!)
            : record.Address.RowKey != row.RowKey ? BundleReading.Damaged(new($"{row.PartitionKey}/{row.RowKey}", nameof(BundleRow.Sequence), "is not the one that its key says."))
            : BundleReading.Of(record);
    }
}
