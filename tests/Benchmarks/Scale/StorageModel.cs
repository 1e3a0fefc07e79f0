using Records;
using Records.Releases;

namespace Benchmarks.Scale;

/// <summary>What a workload asks of storage once it has run for a while.</summary>
/// <param name="Tables">By table; releases are a container of blobs.</param>
/// <param name="Limits">The limit of the busiest consumer.</param>
/// <param name="Waits">Requests in a second that wait for a lease.</param>
internal sealed record StorageModel(IReadOnlyList<TableLoad> Tables, LimitCalls Limits, double Waits)
{
    private const double Day = 86_400;

    /// <summary>Calls of tables in a second.</summary>
    public double Operations => Tables.Where(table => table.Table != Release.Container).Sum(table => table.Operations);

    /// <summary>Rows touched in a second.</summary>
    public double Entities => Tables.Where(table => table.Table != Release.Container).Sum(table => table.Entities);

    public TableLoad this[string table] => Tables.Single(load => load.Table == table);

    public static StorageModel Of(Workload work)
    {
        var groups = ConsumerGroup.Of(work);
        var accountsKept = KeptFor.Seconds(groups, work.Instances, CodeFigures.AccountsKept, Day);
        var calls = groups.Select(group => (group.Consumers, Calls: LimitCalls.Of(work, group.PerSecond, accountsKept))).ToList();
        var members = work.Instances / CodeFigures.MeshPeriod;
        return new(
            [
                LimitsOf(work, calls),
                RecordsOf(work, groups, KeyRecord.Table),
                RecordsOf(work, groups, ConsumerRecord.Table),
                UsesOf(work, groups),
                new("trust", members, 0, members, members),
                new("peers", 0, members, members, members),
                new(Release.Container, work.Instances / CodeFigures.ReleasePeriod, 0, 0, 0),
            ],
            calls[0].Calls,
            calls.Sum(each => each.Consumers * each.Calls.Waits));
    }

    private static TableLoad LimitsOf(Workload work, IReadOnlyList<(double Consumers, LimitCalls Calls)> calls)
    {
        double Sum(Func<LimitCalls, double> part) => calls.Sum(each => each.Consumers * part(each.Calls));
        var renewals = Sum(call => call.Renewals);
        // A renewal writes for the time alone first, where its instance has written nothing for so long.
        var stamps = renewals * Math.Exp(-renewals / work.Instances * CodeFigures.TimeGoodFor);
        return new(LedgerAddress.Table, Sum(call => call.Reads), Sum(call => call.Writes) + stamps, Sum(call => call.Entities) + stamps, calls.Max(each => each.Calls.Entities));
    }

    // Read again with the first use after it has become old, or was pushed out.
    private static TableLoad RecordsOf(Workload work, IReadOnlyList<ConsumerGroup> groups, string table)
    {
        var fresh = KeptFor.Seconds(groups, work.Instances, CodeFigures.RecordsKept, CodeFigures.RecordsRefresh);
        double ReadsOf(ConsumerGroup group) => group.PerSecond / (1 + (group.PerSecond / work.Instances * fresh));
        var reads = groups.Sum(group => group.Consumers * ReadsOf(group));
        return new(table, reads, 0, reads, ReadsOf(groups[0]));
    }

    // Once a key and day, or again and again where more keys are used in a day than are remembered: then all are forgotten at once.
    private static TableLoad UsesOf(Workload work, IReadOnlyList<ConsumerGroup> groups)
    {
        var until = KeptFor.Seconds(groups, work.Instances, CodeFigures.UsesKept, Day);
        var notes = KeptFor.Distinct(groups, work.Instances, until) / until;
        var batches = Math.Max(Math.Min(notes, 1 / CodeFigures.UsesGathered), notes / CodeFigures.UsesInABatch);
        return new(KeyUseRecord.Table, 0, work.Instances * batches, work.Instances * notes, work.Instances * notes);
    }
}
