using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Exact;

/// <summary>A table of ledger rows in memory that answers at once. Its time is the clock's; the faults are the test's.</summary>
internal sealed class MemoryLedger(TimeProvider time) : ILedgerStore
{
    private readonly Dictionary<RowAddress, (LedgerRow? Row, string ETag)> _rows = [];
    private int _tag;

    /// <summary>Calls so far, by kind.</summary>
    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public int Stamps { get; private set; }

    public int Calls => Reads + Writes + Stamps;

    /// <summary>True: nothing is answered, and nothing is sent.</summary>
    public bool IsAway { get; set; }

    /// <summary>The next write is made, and nobody is told.</summary>
    public bool LosesNextAnswer { get; set; }

    /// <summary>The next write is not made, and nobody is told.</summary>
    public bool LosesNextWrite { get; set; }

    /// <summary>Reads are not answered.</summary>
    public bool LosesReads { get; set; }

    /// <summary>Runs once, before the next write: another writer who is quicker.</summary>
    public Func<Task>? BeforeNextWrite { get; set; }

    /// <summary>How much storage's time is ahead of the clock.</summary>
    public TimeSpan Ahead { get; set; }

    public IReadOnlyList<LedgerRow> Rows => [.. _rows.Values.Select(row => row.Row!)];

    public long Now => (time.GetUtcNow() + Ahead).UtcTicks;

    public Task<LedgerReadAnswer> ReadAsync(RowAddress address)
    {
        Reads++;
        return Task.FromResult<LedgerReadAnswer>(IsAway || LosesReads ? default : _rows.TryGetValue(address, out var found) ? new(true, found.Row, found.ETag) : new(true, null, null));
    }

    public Task<IReadOnlyList<LedgerReadAnswer>?> ReadAllAsync(string partitionKey)
    {
        Reads++;
        return Task.FromResult<IReadOnlyList<LedgerReadAnswer>?>(IsAway ? null : [.. from row in _rows
            where row.Key.PartitionKey == partitionKey
            orderby row.Key.RowKey
            select new LedgerReadAnswer(true, row.Value.Row, row.Value.ETag) { Shard = int.Parse(row.Key.RowKey, System.Globalization.CultureInfo.InvariantCulture) }]);
    }

    public Task<LedgerWriteAnswer> WriteAsync(RowAddress address, LedgerRow row, string? etag) => WriteAsync(() =>
    {
        if (!IsAsNamed(address, etag))
        {
            return false;
        }

        Put(address, row);
        return true;
    });

    public Task<LedgerWriteAnswer> WriteAllAsync(string partitionKey, IReadOnlyList<LedgerWriteRow> rows) => WriteAsync(() =>
    {
        if (!rows.All(row => IsAsNamed(LedgerAddress.Of(partitionKey, row.Shard), row.ETag)))
        {
            return false;
        }

        foreach (var row in rows)
        {
            Put(LedgerAddress.Of(partitionKey, row.Shard), row.Row);
        }

        return true;
    });

    public async Task<bool> TryRemoveAsync(RowAddress address, string etag) =>
        (await WriteAsync(() => IsAsNamed(address, etag) && _rows.Remove(address))).Outcome == LedgerWrite.Written;

    public Task<LedgerWriteAnswer> StampAsync()
    {
        Stamps++;
        return Task.FromResult(IsAway ? new(LedgerWrite.NotSent) : Written());
    }

    public Task<long?> ReadStampAsync()
    {
        Stamps++;
        return Task.FromResult<long?>(IsAway ? null : Now);
    }

    /// <summary>Puts a row there whatever its tag. Null: one that cannot be read.</summary>
    public void Put(RowAddress address, LedgerRow? row) => _rows[address] = (row, $"{++_tag}");

    private async Task<LedgerWriteAnswer> WriteAsync(Func<bool> write)
    {
        Writes++;
        if (IsAway)
        {
            return new(LedgerWrite.NotSent);
        }

        if (BeforeNextWrite is { } before)
        {
            BeforeNextWrite = null;
            await before();
        }

        var (lostWrite, lostAnswer) = (LosesNextWrite, LosesNextAnswer);
        (LosesNextWrite, LosesNextAnswer) = (false, false);
        var isMade = !lostWrite && write();
        return lostWrite || lostAnswer ? new(LedgerWrite.Unknown) : isMade ? Written() : new(LedgerWrite.Conflict);
    }

    private bool IsAsNamed(RowAddress address, string? etag) => _rows.TryGetValue(address, out var found) ? found.ETag == etag : etag is null;

    private LedgerWriteAnswer Written() => new(LedgerWrite.Written, $"{_tag}", Now / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond);
}
