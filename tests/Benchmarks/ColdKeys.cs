using System.Globalization;
using System.Text;
using Gateway.Limits.Exact;
using Gateway.Tests.Limits.Exact;
using Microsoft.Extensions.Time.Testing;

namespace Benchmarks;

/// <summary>One process that is asked for very many keys, each of them rarely.</summary>
internal sealed class ColdKeys
{
    private const string Explanation = """
        ## 1,000,000 keys

        One process, 600 per 60 s, by a clock that only the run moves. Memory is the managed heap that the limiter holds after so many different keys; it
        is bounded by the room for accounts (100,000 unless told otherwise). Then every key is asked for once a minute on average. An account that had to
        go for another costs a read and a write when its key comes back, and its row is removed: with room for all keys, leases of minutes serve them.
        """;

    private const int MostKeys = 1_000_000;

    private readonly FakeTimeProvider _time = new(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly BlankLedger _ledger;
    private readonly ExactWorld _world;

    private ColdKeys(int capacity)
    {
        _ledger = new(_time);
        _world = new(_ledger, _time, capacity: capacity);
    }

    public static async Task<string> SimulateAsync()
    {
        var text = new StringBuilder(Explanation);
        text.Append("\n\n| keys seen | accounts kept | memory | bytes a kept account |\n|---|---|---|---|");
        await new ColdKeys(LedgerAccounts.Capacity).SeeAsync(text, 100_000, 500_000, MostKeys);
        text.Append("\n\n| room for accounts | memory | requests/s | storage operations/s | for 1,000 admitted |\n|---|---|---|---|---|");
        await new ColdKeys(LedgerAccounts.Capacity).ServeAsync(text, LedgerAccounts.Capacity, 1, 2);
        await new ColdKeys(2 * MostKeys).ServeAsync(text, 2 * MostKeys, 10, 20);
        return text.ToString();
    }

    private async Task SeeAsync(StringBuilder text, params int[] counts)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var seen = 0;
        foreach (var count in counts)
        {
            for (; seen < count; seen++)
            {
                await AskAsync(seen);
            }

            var held = GC.GetTotalMemory(forceFullCollection: true) - before;
            Row(text, $"| {count:N0} | {_world.Accounts.Count:N0} | {held / 1e6:0} MB | {held / _world.Accounts.Count:N0} |");
        }

        GC.KeepAlive(_world);
    }

    private async Task ServeAsync(StringBuilder text, int capacity, int fromMinute, int toMinute)
    {
        // Else the run before is still on the stack, and in memory.
        await Task.Yield();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var random = new Random(1);
        var (admitted, operations) = (0L, 0L);
        for (var request = 0L; request < (long)MostKeys * toMinute; request++)
        {
            if (request == (long)MostKeys * fromMinute)
            {
                (admitted, operations) = (0, _ledger.Operations);
            }

            admitted += await AskAsync(random.Next(MostKeys)) ? 1 : 0;
        }

        var (seconds, counted) = ((toMinute - fromMinute) * 60.0, _ledger.Operations - operations);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Row(text, $"| {capacity:N0} | {held / 1e6:N0} MB | {MostKeys / 60.0:N0} | {counted / seconds:N0} | {counted * 1_000.0 / admitted:N0} |");
        GC.KeepAlive(_world);
    }

    private async ValueTask<bool> AskAsync(int key)
    {
        _time.Advance(TimeSpan.FromMicroseconds(60_000_000.0 / MostKeys));
        return (await _world.Limiter.TryTakeAsync([ExactWorld.Rolling(600, TimeSpan.FromMinutes(1), $"consumer:c-{key:0000000}")], CancellationToken.None)).IsAdmitted;
    }

    private static void Row(StringBuilder text, FormattableString row)
    {
        var line = row.ToString(CultureInfo.InvariantCulture);
        Console.WriteLine(line);
        text.Append('\n').Append(line);
    }
}
