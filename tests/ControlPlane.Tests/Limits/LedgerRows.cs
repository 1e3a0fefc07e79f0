using Azure.Data.Tables;
using Records;

namespace ControlPlane.Tests.Limits;

/// <summary>Ledger rows as the front door would have written them around the first instant of 2026.</summary>
internal static class LedgerRows
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>10 tokens; 4 slots of a second to a window, of which none is shifted.</summary>
    public static LedgerRow Row { get; } = new()
    {
        Epoch = 0xABC,
        Revision = 3,
        Shape = new(TimeSpan.TicksPerSecond, 4, 0),
        Limit = 10,
        Total = 10,
        Base = Slot(0),
        Commits = 5,
        RecentCommits = [1, 2, 3, 4, 5],
    };

    /// <summary>The slot so many seconds after the start.</summary>
    public static long Slot(int second) => (Start.Ticks / TimeSpan.TicksPerSecond) + second;

    public static TableEntity Rolling(string limit, string key, LedgerRow row, int shard = 0) => Entity(limit, LedgerKind.Rolling, key, row, shard);

    public static TableEntity Entity(string limit, LedgerKind kind, string key, LedgerRow row, int shard = 0)
    {
        var (partition, rowKey) = LedgerAddress.Of(limit, kind, key, shard);
        return new(partition, rowKey) { [LedgerAddress.Column] = LedgerRowFormat.Write(row) };
    }
}
