using System.Diagnostics.Metrics;

namespace Gateway.Storage;

/// <summary>Counts what requests ask of storage.</summary>
internal sealed class StorageMetrics
{
    private readonly Counter<long> _reads;
    private readonly Counter<long> _stale;

    public StorageMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("ServerlessGateway");
        _reads = meter.CreateCounter<long>("gateway.storage.reads", "{read}", "Reads of storage, by table and outcome.");
        _stale = meter.CreateCounter<long>("gateway.storage.stale", "{answer}", "Answers from the cache that storage could not confirm in time, by table.");
    }

    public void Read(string table, StorageOutcome outcome) =>
        _reads.Add(1, new("table", table), new("outcome", outcome == StorageOutcome.Answered ? "answered" : "failed"));

    public void Stale(string table) => _stale.Add(1, new KeyValuePair<string, object?>("table", table));
}

/// <summary>What became of a read.</summary>
internal enum StorageOutcome
{
    Answered,
    Failed,
}
