using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Gateway.Limits.Ledger;
using Gateway.Storage;
using Mesh.Storage;
using Microsoft.Extensions.Logging;
using Records;

namespace Gateway.Limits.Exact;

/// <summary>Ledger rows in Azure Table storage. Each call is one attempt: after no answer only the ledger knows what may be tried again.</summary>
internal sealed partial class TableLedgerStore(TableServiceClient service, StorageHealth health, LedgerMetrics metrics, TimeProvider time, ILogger<TableLedgerStore> logger) : ILedgerStore
{
    // Rows that processes stamp to learn the time. They are shared without harm: an answer tells the time of the write it answers.
    private const int StampRows = 1_000;
    private const string StampPartition = "time";
    private const string TableNotFound = "TableNotFound";

    private readonly TableClient _table = service.GetTableClient(LedgerAddress.Table);
    private readonly string _stampRow = RandomNumberGenerator.GetInt32(StampRows).ToString("000", CultureInfo.InvariantCulture);

    public async Task<LedgerReadAnswer> ReadAsync(RowAddress address)
    {
        metrics.Operation("read");
        try
        {
            if (!health.MayAsk())
            {
                return default;
            }

            var answer = await AnswerAsync(cancel => _table.GetEntityIfExistsAsync<TableEntity>(address.PartitionKey, address.RowKey, cancellationToken: cancel));
            return answer.HasValue ? Understand(answer.Value!) : new(true, null, null);
        }
        catch (Exception failure)
        {
            health.Failed(LedgerAddress.Table, failure);
            return default;
        }
    }

    public async Task<IReadOnlyList<LedgerReadAnswer>?> ReadAllAsync(string partitionKey)
    {
        metrics.Operation("query");
        try
        {
            var rows = new List<LedgerReadAnswer>();
            await AnswerAsync(async cancel =>
            {
                await foreach (var row in _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}"), cancellationToken: cancel))
                {
                    rows.Add(Understand(row) with { Shard = int.Parse(row.RowKey, NumberStyles.None, CultureInfo.InvariantCulture) });
                }

                return true;
            });
            return rows;
        }
        catch (Exception failure)
        {
            health.Failed(LedgerAddress.Table, failure);
            return null;
        }
    }

    public Task<LedgerWriteAnswer> WriteAsync(RowAddress address, LedgerRow row, string? etag)
    {
        var entity = Entity(address, row);
        return WriteAsync("write", cancel => etag is null
            ? _table.AddEntityAsync(entity, cancel)
            : _table.UpdateEntityAsync(entity, new ETag(etag), TableUpdateMode.Replace, cancel));
    }

    public Task<LedgerWriteAnswer> WriteAllAsync(string partitionKey, IReadOnlyList<LedgerWriteRow> rows)
    {
        TableTransactionAction[] actions = [.. rows.Select(row => row.ETag is null
            ? new TableTransactionAction(TableTransactionActionType.Add, Entity(new(partitionKey, LedgerAddress.RowKeyOf(row.Shard)), row.Row))
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, Entity(new(partitionKey, LedgerAddress.RowKeyOf(row.Shard)), row.Row), new ETag(row.ETag)))];
        return WriteAsync("transaction", async cancel =>
        {
            await _table.SubmitTransactionAsync(actions, cancel);
            return null;
        });
    }

    public async Task<bool> TryRemoveAsync(RowAddress address, string etag) =>
        (await WriteAsync("delete", cancel => _table.DeleteEntityAsync(address.PartitionKey, address.RowKey, new ETag(etag), cancel))).Outcome == LedgerWrite.Written;

    public Task<LedgerWriteAnswer> StampAsync() =>
        WriteAsync("time", cancel => _table.UpsertEntityAsync(new TableEntity(StampPartition, _stampRow), TableUpdateMode.Merge, cancel)!);

    public async Task<long?> ReadStampAsync()
    {
        metrics.Operation("time");
        try
        {
            var answer = await AnswerAsync(cancel => _table.GetEntityIfExistsAsync<TableEntity>(StampPartition, _stampRow, cancellationToken: cancel));
            return answer.HasValue ? answer.Value!.Timestamp?.UtcTicks : null;
        }
        catch (Exception failure)
        {
            health.Failed(LedgerAddress.Table, failure);
            return null;
        }
    }

    private async Task<LedgerWriteAnswer> WriteAsync(string kind, Func<CancellationToken, Task<Response?>> write)
    {
        metrics.Operation(kind);
        if (!health.MayAsk())
        {
            return new(LedgerWrite.NotSent);
        }

        try
        {
            return Written(await AnswerAsync(write));
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == TableNotFound)
        {
            return await CreateTableAsync() ? await WriteAsync(kind, write) : new(LedgerWrite.NotSent);
        }
        catch (RequestFailedException refused) when (refused.Status is 404 or 409 or 412)
        {
            health.Answered(LedgerAddress.Table);
            return new(LedgerWrite.Conflict);
        }
        catch (Exception failure)
        {
            health.Failed(LedgerAddress.Table, failure);
            return new(WasNeverSent(failure) ? LedgerWrite.NotSent : LedgerWrite.Unknown);
        }
    }

    private async Task<bool> CreateTableAsync()
    {
        try
        {
            return await AnswerAsync(async cancel =>
            {
                await _table.CreateWhereMissingAsync(cancel);
                return true;
            });
        }
        catch (Exception failure)
        {
            health.Failed(LedgerAddress.Table, failure);
            return false;
        }
    }

    // The time limit is ours, whatever retries and time-outs the host gave its client.
    private async Task<T> AnswerAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        using var deadline = new CancellationTokenSource(GatewayTables.ReadTimeout, time);
        var answer = await call(deadline.Token).WaitAsync(deadline.Token);
        health.Answered(LedgerAddress.Table);
        return answer;
    }

    private LedgerReadAnswer Understand(TableEntity entity)
    {
        var etag = entity.ETag.ToString();
        var (row, fault) = entity.TryGetValue(LedgerAddress.Column, out var bytes) && bytes is byte[] known ? LedgerRowFormat.Read(known) : new(null, "the column is missing.");
        if (row is null)
        {
            Log.Damaged(logger, entity.PartitionKey, entity.RowKey, fault!);
        }

        return new(true, row, etag);
    }

    private static TableEntity Entity(RowAddress address, LedgerRow row) =>
        new(address.PartitionKey, address.RowKey) { [LedgerAddress.Column] = LedgerRowFormat.Write(row) };

    private static LedgerWriteAnswer Written(Response? response) => response?.Headers.ETag is { } etag
        ? new(LedgerWrite.Written, etag.ToString(), ETagTime.Of(etag.ToString()))
        : new(LedgerWrite.Written);

    // No connection, no name, no right: storage saw nothing, or refused before it did anything.
    private static bool WasNeverSent(Exception failure) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } => true,
        RequestFailedException { Status: >= 400 and < 500 } => true,
        { InnerException: { } inner } => WasNeverSent(inner),
        _ => false,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A row of table limits cannot be read ({Partition}/{Row}): {Fault} Its limit admits nothing until gw limits reset.")]
        public static partial void Damaged(ILogger logger, string partition, string row, string fault);
    }
}
