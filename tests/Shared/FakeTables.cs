using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Tests.Shared;

/// <summary>Table storage in memory, with the service's own rules on tags and missing tables, that can be away or forget to answer.</summary>
internal sealed class FakeTables : TableServiceClient
{
    private readonly ConcurrentDictionary<string, FakeTable> _tables = new();

    /// <summary>Calls that arrived, answered or not.</summary>
    public int Calls => _tables.Values.Sum(table => table.Calls);

    /// <summary>The first call.</summary>
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True: every call fails as if nothing listened.</summary>
    public bool IsAway { get; set; }

    /// <summary>True: reads are never answered.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whose time rows are stamped with.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public FakeTable this[string name] => _tables.GetOrAdd(name, static (_, owner) => new(owner), this);

    public override TableClient GetTableClient(string tableName) => this[tableName];
}

/// <summary>One table of <see cref="FakeTables"/>.</summary>
internal sealed class FakeTable(FakeTables owner) : TableClient
{
    private readonly Dictionary<(string, string), TableEntity> _rows = [];
    private readonly Lock _lock = new();
    private bool _exists;
    private TableEntity? _written;
    private int _tag;
    private int _calls;

    public int Calls => _calls;

    /// <summary>The next write is carried out, but its answer is lost.</summary>
    public bool LosesNextAnswer { get; set; }

    /// <summary>The next write is lost before it is carried out.</summary>
    public bool LosesNextWrite { get; set; }

    /// <summary>Runs once, before the next write: another writer who is quicker.</summary>
    public Func<Task>? BeforeNextWrite { get; set; }

    /// <summary>What stands in the table now; for tests to look at and to damage.</summary>
    public IReadOnlyList<TableEntity> Rows
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows.Values];
            }
        }
    }

    public override Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        Arrive();
        _exists = true;
        return Task.FromResult(Response.FromValue(new TableItem("t"), Done));
    }

    public override Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default)
    {
        Arrive();
        return _exists
            ? throw new RequestFailedException(409, "exists", "TableAlreadyExists", null)
            : CreateIfNotExistsAsync(cancellationToken);
    }

    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) => WriteAsync(() =>
    {
        if (!_exists)
        {
            throw new RequestFailedException(404, "no table", "TableNotFound", null);
        }

        if (_rows.ContainsKey((entity.PartitionKey, entity.RowKey)))
        {
            throw new RequestFailedException(409, "exists", "EntityAlreadyExists", null);
        }

        Put(entity);
    });

    public override Task<Response> UpdateEntityAsync<T>(T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        WriteAsync(() =>
        {
            Check(entity.PartitionKey, entity.RowKey, ifMatch);
            Put(entity);
        });

    public override Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        WriteAsync(() => Put(entity));

    public override Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        WriteAsync(() =>
        {
            Check(partitionKey, rowKey, ifMatch);
            _rows.Remove((partitionKey, rowKey));
        });

    public override async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        var actions = transactionActions.ToList();
        await WriteAsync(() =>
        {
            if (!_exists)
            {
                throw new RequestFailedException(404, "no table", "TableNotFound", null);
            }

            // All or none.
            foreach (var action in actions.Where(action => action.ActionType == TableTransactionActionType.Delete))
            {
                Check(action.Entity.PartitionKey, action.Entity.RowKey, action.ETag);
            }

            actions.ForEach(Apply);
        });
        return Response.FromValue<IReadOnlyList<Response>>([], Done);
    }

    public override async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        Arrive();
        if (owner.IsSilent)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return _rows.TryGetValue((partitionKey, rowKey), out var row) ? new Found<T>((T)(object)Copy(row)) : new NotFound<T>();
        }
    }

    public override AsyncPageable<T> QueryAsync<T>(string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        new Pages<T>(() =>
        {
            Arrive();
            return _exists ? [.. Rows.Where(row => filter is null || filter == $"PartitionKey eq '{row.PartitionKey}'")
                .OrderBy(row => row.PartitionKey, StringComparer.Ordinal).ThenBy(row => row.RowKey, StringComparer.Ordinal).Select(row => (T)(object)Copy(row))] : throw new RequestFailedException(404, "no table", "TableNotFound", null);
        });

    /// <summary>Puts a row there whatever its tag, as another writer would.</summary>
    public void Plant(TableEntity row)
    {
        lock (_lock)
        {
            _exists = true;
            Put(row);
        }
    }

    private async Task<Response> WriteAsync(Action write)
    {
        Arrive();
        if (BeforeNextWrite is { } before)
        {
            BeforeNextWrite = null;
            await before();
        }

        var (lostWrite, lostAnswer) = (LosesNextWrite, LosesNextAnswer);
        (LosesNextWrite, LosesNextAnswer) = (false, false);
        lock (_lock)
        {
            if (!lostWrite)
            {
                write();
            }
        }

        return lostWrite || lostAnswer ? throw new RequestFailedException("The connection was lost.") : new Blank(_written?.ETag);
    }

    private void Arrive()
    {
        Interlocked.Increment(ref _calls);
        owner.Called.TrySetResult();
        if (owner.IsAway)
        {
            throw new RequestFailedException("Nothing listens.");
        }
    }

    private void Check(string partition, string key, ETag tag)
    {
        if (!_rows.TryGetValue((partition, key), out var row))
        {
            throw new RequestFailedException(404, "gone", "ResourceNotFound", null);
        }

        if (tag != ETag.All && row.ETag != tag)
        {
            throw new RequestFailedException(412, "changed", "UpdateConditionNotSatisfied", null);
        }
    }

    private void Apply(TableTransactionAction action)
    {
        if (action.ActionType == TableTransactionActionType.Delete)
        {
            _rows.Remove((action.Entity.PartitionKey, action.Entity.RowKey));
        }
        else
        {
            Put(action.Entity);
        }
    }

    private void Put(ITableEntity entity)
    {
        var row = Copy((TableEntity)entity);
        // As the service does: the time of the write, told apart by digits that are no time.
        var at = owner.Time.GetUtcNow();
        row.Timestamp = at;
        row.ETag = new ETag($"W/\"datetime'{Uri.EscapeDataString(string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}{++_tag % 10_000:0000}Z"))}'\"");
        _rows[(row.PartitionKey, row.RowKey)] = row;
        _written = row;
    }

    private static TableEntity Copy(TableEntity row) => new(new Dictionary<string, object>(row)) { ETag = row.ETag, Timestamp = row.Timestamp };

    private static Response Done { get; } = new Blank();

    private sealed class Found<T>(T value) : NullableResponse<T>
    {
        public override bool HasValue => true;

        public override T Value => value;

        public override Response GetRawResponse() => Done;
    }

    private sealed class NotFound<T> : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T Value => throw new InvalidOperationException();

        public override Response GetRawResponse() => Done;
    }

    private sealed class Pages<T>(Func<IReadOnlyList<T>> rows) : AsyncPageable<T>
        where T : notnull
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            await Task.Yield();
            yield return Page<T>.FromValues(rows(), null, Done);
        }
    }

    private sealed class Blank(ETag? etag = null) : Response
    {
        public override int Status => 204;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
            (value = name == "ETag" ? etag?.ToString() : null) is not null;

        protected override bool TryGetHeaderValues(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IEnumerable<string>? values) => (values = null) is not null;
    }
}
