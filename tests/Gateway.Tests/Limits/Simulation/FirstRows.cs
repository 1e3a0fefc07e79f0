using Gateway.Limits;
using Gateway.Limits.Exact;
using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>Rows that others have left before a run begins, spread over several shards.</summary>
internal static class FirstRows
{
    public static void Write(VirtualTable table, Scenario scenario)
    {
        foreach (var charge in scenario.Kinds.SelectMany(static charges => charges).DistinctBy(static charge => (charge.Limit, charge.Key)))
        {
            if (charge.Quota.Burst is null && charge.Quota.Count >= scenario.Shards)
            {
                Write(table, scenario, charge);
            }
        }
    }

    private static void Write(VirtualTable table, Scenario scenario, LimitCharge charge)
    {
        var account = new LedgerAccount(new(charge.Limit, charge.Quota.Kind, charge.Key));
        var first = LedgerRows.Create(account, charge.Quota, new(scenario.Start - TimeSpan.TicksPerSecond, scenario.Start), (ulong)scenario.Seed + 1);
        var rows = Shards.Split(first, scenario.Shards, (ulong)scenario.Seed);
        table.WriteAll(account.Partition, [.. rows.Select(static (row, shard) => new LedgerWriteRow(shard, row, null))]);
    }
}
