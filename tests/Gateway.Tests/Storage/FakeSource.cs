using System.Collections.Concurrent;
using Gateway.Storage;

namespace Gateway.Tests.Storage;

/// <summary>Records in memory, with reads that can be counted, held back and made to fail.</summary>
internal sealed class FakeSource<TRecord> : IRecordSource<TRecord>
    where TRecord : class
{
    private int _reads;

    public ConcurrentDictionary<string, TRecord> Records { get; } = new();

    public int Reads => _reads;

    public bool IsAway { get; set; }

    /// <summary>Reads wait for this before they look.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<RecordReading<TRecord>> ReadAsync(string key)
    {
        Interlocked.Increment(ref _reads);
        await Gate;
        return IsAway ? RecordReading<TRecord>.Away : new(true, Records.GetValueOrDefault(key));
    }
}
