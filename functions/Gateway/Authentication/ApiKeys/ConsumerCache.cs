using System.Collections.Frozen;
using Gateway.Storage;
using Records;

namespace Gateway.Authentication.ApiKeys;

/// <summary>Consumers, as the control plane wrote them.</summary>
internal sealed class ConsumerCache(IRecordSource<ConsumerRecord> source, TimeProvider time, StorageMetrics metrics) : IConsumerDirectory
{
    private readonly RecordCache<ConsumerRecord, Consumer> _records = new(
        source, static record => new(record.Name, record.Plan, record.Groups.ToFrozenSet(StringComparer.Ordinal), record.Suspended), time, metrics);

    public ValueTask<ConsumerLookup> FindAsync(string name, TimeSpan staleFor, CancellationToken cancellation)
    {
        var lookup = _records.FindAsync(name, staleFor, cancellation);
        return lookup.IsCompletedSuccessfully ? new(Convert(lookup.Result)) : AwaitAsync(lookup);
    }

    private static async ValueTask<ConsumerLookup> AwaitAsync(ValueTask<RecordLookup<Consumer>> lookup) => Convert(await lookup);

    private static ConsumerLookup Convert(RecordLookup<Consumer> lookup) => new(lookup.IsAvailable, lookup.Record);
}
