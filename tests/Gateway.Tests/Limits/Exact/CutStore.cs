using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Exact;

/// <summary>One process's line to storage, which the test can cut: to all others the process is gone then.</summary>
internal sealed class CutStore(ILedgerStore store) : ILedgerStore
{
    public bool IsCut { get; set; }

    public Task<LedgerReadAnswer> ReadAsync(RowAddress address) => IsCut ? Task.FromResult<LedgerReadAnswer>(default) : store.ReadAsync(address);

    public Task<IReadOnlyList<LedgerReadAnswer>?> ReadAllAsync(string partitionKey) => IsCut ? Task.FromResult<IReadOnlyList<LedgerReadAnswer>?>(null) : store.ReadAllAsync(partitionKey);

    public Task<LedgerWriteAnswer> WriteAsync(RowAddress address, LedgerRow row, string? etag) => IsCut ? NotSent() : store.WriteAsync(address, row, etag);

    public Task<LedgerWriteAnswer> WriteAllAsync(string partitionKey, IReadOnlyList<LedgerWriteRow> rows) => IsCut ? NotSent() : store.WriteAllAsync(partitionKey, rows);

    public Task<bool> TryRemoveAsync(RowAddress address, string etag) => IsCut ? Task.FromResult(false) : store.TryRemoveAsync(address, etag);

    public Task<LedgerWriteAnswer> StampAsync() => IsCut ? NotSent() : store.StampAsync();

    public Task<long?> ReadStampAsync() => IsCut ? Task.FromResult<long?>(null) : store.ReadStampAsync();

    private static Task<LedgerWriteAnswer> NotSent() => Task.FromResult(new LedgerWriteAnswer(LedgerWrite.NotSent));
}
