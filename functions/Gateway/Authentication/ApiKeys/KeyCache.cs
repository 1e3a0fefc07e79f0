using System.Collections.Frozen;
using Gateway.Storage;
using Records;

namespace Gateway.Authentication.ApiKeys;

/// <summary>Keys, as the control plane wrote them.</summary>
internal sealed class KeyCache(IRecordSource<KeyRecord> source, TimeProvider time, StorageMetrics metrics)
{
    private readonly RecordCache<KeyRecord, StoredKey> _records = new(
        source, static record => new(record, record.Scopes.ToFrozenSet(StringComparer.Ordinal)), time, metrics);

    /// <summary>Entries kept now.</summary>
    public int Count => _records.Count;

    /// <summary>The key of this text, if it was shown before and proved to be good; null: all is to be asked anew.</summary>
    public ShownKey? Recall(ReadOnlySpan<char> text) => _records.Peek(ApiKeyText.IdIn(text))?.Recall(text);

    public ValueTask<RecordLookup<StoredKey>> FindAsync(string id, TimeSpan staleFor, CancellationToken cancellation) =>
        _records.FindAsync(id, staleFor, cancellation);
}
