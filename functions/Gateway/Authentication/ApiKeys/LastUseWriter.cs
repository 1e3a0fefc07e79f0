using Azure;
using Azure.Data.Tables;
using Mesh.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Records;

namespace Gateway.Authentication.ApiKeys;

/// <summary>Writes the days of last use in the background, in batches.</summary>
internal sealed partial class LastUseWriter(LastUseNotes notes, TableServiceClient service, TimeProvider time, ILogger<LastUseWriter> logger) : BackgroundService
{
    // Table storage refuses larger batches; Azurite garbles them.
    public const int LargestBatch = 100;

    /// <summary>How long notes gather before they are written.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromSeconds(2);

    /// <summary>How long nothing is written after a failure.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly TableClient _table = service.GetTableClient(KeyUseRecord.Table);

    /// <summary>Writes what waits now, one batch at most. False: it could not be written.</summary>
    public async Task<bool> WriteBatchAsync(CancellationToken cancellation)
    {
        // By key: a batch must not name a row twice. The later day wins.
        var batch = new Dictionary<string, KeyUseRecord>(StringComparer.Ordinal);
        while (batch.Count < LargestBatch && notes.Waiting.TryRead(out var use))
        {
            batch[use.KeyId] = use;
        }

        if (batch.Count == 0)
        {
            return true;
        }

        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using var timer = new CancellationTokenSource(Deadline, time);
            using var link = timer.Token.Register(deadline.Cancel);
            await SubmitAsync([.. batch.Values.Select(ToAction)], deadline.Token);
            return true;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Log.NotWritten(logger, failure, batch.Count);
            foreach (var use in batch.Values)
            {
                notes.Forget(use);
            }

            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await notes.Waiting.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(Gathering, time, stoppingToken);
                var written = true;
                while (written && notes.Waiting.Count > 0)
                {
                    written = await WriteBatchAsync(stoppingToken);
                }

                if (!written)
                {
                    await Task.Delay(Rest, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Shutting down; a day of last use may be lost.
        }
    }

    private async Task SubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation)
    {
        try
        {
            await _table.SubmitTransactionAsync(actions, cancellation);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            await _table.CreateWhereMissingAsync(cancellation);
            await _table.SubmitTransactionAsync(actions, cancellation);
        }
    }

    private static TableTransactionAction ToAction(KeyUseRecord use)
    {
        var (partition, key) = use.Address;
        return new(TableTransactionActionType.UpsertReplace, new TableEntity(use.ToRow()) { PartitionKey = partition, RowKey = key });
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The day of last use of {Count} keys could not be written.")]
        public static partial void NotWritten(ILogger logger, Exception exception, int count);
    }
}
