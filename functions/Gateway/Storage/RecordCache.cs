using System.Collections.Concurrent;
using Records;

namespace Gateway.Storage;

/// <summary>
/// Records as requests need them, rarely waiting for storage.
/// 1. What was read less than 3 s ago is the answer, also that there is no such record. From 2 s on it is read again in the background.
/// 2. Older: it is read again; requests for the same record wait for the one read, which takes 2 s at most. A record that was changed is
///    therefore seen everywhere within 5 s.
/// 3. Storage away: the record last read stays good for as long as the caller says; without one the answer is unknown.
/// </summary>
/// <param name="source">Where records are read.</param>
/// <param name="view">What requests want of a record; made once for each read.</param>
internal sealed class RecordCache<TRecord, TView>(IRecordSource<TRecord> source, Func<TRecord, TView> view, TimeProvider time, StorageMetrics metrics)
    where TRecord : class, ITableRecord<TRecord>
    where TView : class
{
    /// <summary>For how long an answer counts without asking again.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(3);

    /// <summary>Most records, and most names without one, that are kept: apart, so that invented names push no record out.</summary>
    public const int Capacity = 20_000;

    private static readonly TimeSpan RefreshAfter = TimeSpan.FromSeconds(2);

    private readonly ClockMap<Known> _known = new(Capacity);
    private readonly ClockMap<Absent> _absent = new(Capacity);
    private readonly ConcurrentDictionary<string, Task<RecordLookup<TView>>> _flights = new(StringComparer.Ordinal);

    /// <summary>Entries kept now.</summary>
    public int Count => _known.Count + _absent.Count;

    /// <summary>What is kept of a record, however old it is. Asks nobody, and decides nothing: <see cref="FindAsync"/> says what counts.</summary>
    public TView? Peek(ReadOnlySpan<char> key) => _known.Find(key)?.View;

    public ValueTask<RecordLookup<TView>> FindAsync(string key, TimeSpan staleFor, CancellationToken cancellation)
    {
        var known = _known.Find(key);
        if (known is not null)
        {
            var age = time.GetElapsedTime(known.AskedAt);
            if (age >= RefreshAfter && age < FreshFor)
            {
                _ = ReadOnceAsync(key);
            }

            return age < FreshFor ? new(RecordLookup<TView>.Found(known.View)) : ReadAsync(key, known, staleFor, cancellation);
        }

        return _absent.Find(key) is { } absent && time.GetElapsedTime(absent.AskedAt) < FreshFor
            ? new(RecordLookup<TView>.Missing)
            : ReadAsync(key, null, staleFor, cancellation);
    }

    private async ValueTask<RecordLookup<TView>> ReadAsync(string key, Known? known, TimeSpan staleFor, CancellationToken cancellation)
    {
        var lookup = await ReadOnceAsync(key).WaitAsync(cancellation);
        if (lookup.IsAvailable)
        {
            return lookup;
        }

        if (known is null || time.GetElapsedTime(known.AskedAt) >= staleFor)
        {
            return RecordLookup<TView>.Unavailable;
        }

        metrics.Stale(TRecord.Table);
        return RecordLookup<TView>.Found(known.View);
    }

    private Task<RecordLookup<TView>> ReadOnceAsync(string key)
    {
        var mine = new TaskCompletionSource<RecordLookup<TView>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flight = _flights.GetOrAdd(key, mine.Task);
        if (flight == mine.Task)
        {
            _ = FlyAsync(key, mine);
        }

        return flight;
    }

    private async Task FlyAsync(string key, TaskCompletionSource<RecordLookup<TView>> flight)
    {
        var lookup = RecordLookup<TView>.Unavailable;
        try
        {
            // The age counts from here: the row may be changed right after storage looked at it.
            var askedAt = time.GetTimestamp();
            var reading = await source.ReadAsync(key);
            lookup = reading.IsAnswered ? Remember(key, reading.Record, askedAt) : lookup;
        }
        finally
        {
            _flights.TryRemove(key, out _);
            flight.SetResult(lookup);
        }
    }

    private RecordLookup<TView> Remember(string key, TRecord? record, long askedAt)
    {
        if (record is null)
        {
            _known.Clear(key);
            _absent.Set(key, new(askedAt));
            return RecordLookup<TView>.Missing;
        }

        var known = new Known(view(record), askedAt);
        _absent.Clear(key);
        _known.Set(key, known);
        return RecordLookup<TView>.Found(known.View);
    }

    private sealed record Known(TView View, long AskedAt);

    private sealed record Absent(long AskedAt);
}

/// <summary>The outcome of looking up a record.</summary>
/// <param name="IsAvailable">False: storage is away and the answer is unknown.</param>
/// <param name="Record">What requests want of the record, or null: there is none.</param>
internal readonly record struct RecordLookup<TView>(bool IsAvailable, TView? Record)
    where TView : class
{
    public static RecordLookup<TView> Unavailable => default;

    public static RecordLookup<TView> Missing => new(true, null);

    public static RecordLookup<TView> Found(TView record) => new(true, record);
}
