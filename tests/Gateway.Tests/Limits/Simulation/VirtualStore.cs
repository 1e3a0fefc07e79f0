using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>The table as one process reaches it.</summary>
/// <param name="number">Of the process.</param>
internal sealed class VirtualStore(VirtualTime time, VirtualProcess process, VirtualTable table, Network network, int number) : ILedgerStore
{
    public long Operations { get; private set; }

    /// <summary>Of these, those that write or remove.</summary>
    public long Writes { get; private set; }

    public Task<LedgerReadAnswer> ReadAsync(RowAddress address) => Call(() => table.Read(address), default, default);

    public Task<IReadOnlyList<LedgerReadAnswer>?> ReadAllAsync(string partitionKey) =>
        Call<IReadOnlyList<LedgerReadAnswer>?>(() => table.ReadAll(partitionKey), null, null);

    public Task<LedgerWriteAnswer> WriteAsync(RowAddress address, LedgerRow row, string? etag) => Write(() => table.Write(address, row, etag));

    public Task<LedgerWriteAnswer> WriteAllAsync(string partitionKey, IReadOnlyList<LedgerWriteRow> rows) => Write(() => table.WriteAll(partitionKey, rows));

    public Task<bool> TryRemoveAsync(RowAddress address, string etag)
    {
        Writes++;
        return Call(() => table.Remove(address, etag), false, false);
    }

    public Task<LedgerWriteAnswer> StampAsync() => Write(() => table.Stamp(number));

    public Task<long?> ReadStampAsync() => Call(() => table.ReadStamp(number), null, null);

    private Task<LedgerWriteAnswer> Write(Func<LedgerWriteAnswer> effect)
    {
        Writes++;
        return Call(effect, new(LedgerWrite.Unknown), new(LedgerWrite.NotSent));
    }

    private Task<T> Call<T>(Func<T> effect, T unknown, T notSent)
    {
        if (process.EndedAt is not null)
        {
            return new TaskCompletionSource<T>().Task;
        }

        Operations++;
        if (network.Next(number) is not { } fate)
        {
            return Task.FromResult(notSent);
        }

        var call = new StoreCall<T>(effect, unknown, fate.IsAnswered);
        if (fate.MadeAfter is { } made)
        {
            time.Schedule(time.Now + made, null, static call => ((StoreCall<T>)call!).Make(), call);
        }

        time.Schedule(time.Now + fate.EndsAfter, process, static call => ((StoreCall<T>)call!).End(), call);
        return call.Task;
    }
}
