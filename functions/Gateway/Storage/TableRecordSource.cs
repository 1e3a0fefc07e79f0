using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Records;

namespace Gateway.Storage;

/// <summary>Reads records from Azure Table storage.</summary>
internal sealed partial class TableRecordSource<TRecord>(
    TableServiceClient service, StorageHealth health, TimeProvider time, ILogger<TableRecordSource<TRecord>> logger) : IRecordSource<TRecord>
    where TRecord : class, ITableRecord<TRecord>
{
    private readonly TableClient _table = service.GetTableClient(TRecord.Table);

    public async Task<RecordReading<TRecord>> ReadAsync(string key)
    {
        if (!health.MayAsk())
        {
            return RecordReading<TRecord>.Away;
        }

        TableEntity? row;
        try
        {
            row = await ReadRowAsync(TRecord.AddressOf(key));
        }
        catch (Exception failure)
        {
            // Whatever it is (refused, reset, timed out, no right, retries used up), the answer is the same: unknown.
            health.Failed(TRecord.Table, failure);
            return RecordReading<TRecord>.Away;
        }

        health.Answered(TRecord.Table);
        return row is null ? new(true, null) : Understand(row);
    }

    // The time limit is ours, whatever retries and time-outs the host gave its client. A table that is not there yet reads as empty.
    private async Task<TableEntity?> ReadRowAsync(RowAddress address)
    {
        using var deadline = new CancellationTokenSource(GatewayTables.ReadTimeout, time);
        var answer = await _table
            .GetEntityIfExistsAsync<TableEntity>(address.PartitionKey, address.RowKey, cancellationToken: deadline.Token)
            .WaitAsync(deadline.Token);
        return answer.HasValue ? answer.Value : null;
    }

    // A row that cannot be read says nothing of the credential, so it counts as no answer: never as "there is none".
    private RecordReading<TRecord> Understand(TableEntity row)
    {
        var (record, fault) = TRecord.FromRow(new Dictionary<string, object>(row));
        if (record is not null)
        {
            return new(true, record);
        }

        Log.Damaged(logger, TRecord.Table, fault!);
        return RecordReading<TRecord>.Away;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A row of table {Table} cannot be read: {Fault}")]
        public static partial void Damaged(ILogger logger, string table, RowFault fault);
    }
}
