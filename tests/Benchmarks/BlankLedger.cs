using Gateway.Limits.Ledger;
using Records;

namespace Benchmarks;

/// <summary>A store that counts what it is asked and keeps nothing: whatever is in memory is the limiter's. To one process alone it is as a table would be.</summary>
internal sealed class BlankLedger(TimeProvider time) : ILedgerStore
{
    public long Operations { get; private set; }

    public Task<LedgerReadAnswer> ReadAsync(RowAddress address) => Answer(new LedgerReadAnswer(true, null, null));

    public Task<IReadOnlyList<LedgerReadAnswer>?> ReadAllAsync(string partitionKey) => Answer<IReadOnlyList<LedgerReadAnswer>?>([]);

    public Task<LedgerWriteAnswer> WriteAsync(RowAddress address, LedgerRow row, string? etag) => Answer(Written());

    public Task<LedgerWriteAnswer> WriteAllAsync(string partitionKey, IReadOnlyList<LedgerWriteRow> rows) => Answer(Written());

    public Task<bool> TryRemoveAsync(RowAddress address, string etag) => Answer(true);

    public Task<LedgerWriteAnswer> StampAsync() => Answer(Written());

    public Task<long?> ReadStampAsync() => Answer<long?>(Now);

    private long Now => time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond;

    private LedgerWriteAnswer Written() => new(LedgerWrite.Written, $"W/\"datetime'{Operations}'\"", Now);

    private Task<T> Answer<T>(T answer)
    {
        Operations++;
        return Task.FromResult(answer);
    }
}
