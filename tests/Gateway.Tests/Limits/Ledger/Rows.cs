using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger;

/// <summary>Rows and leases whose slots are one tick long, so that instants read as slots.</summary>
internal static class Rows
{
    public const ulong Epoch = 7;

    public static LedgerShape Shape { get; } = new(1, 3, 0);

    public static LedgerRow Row(long limit, long slot, params (long Label, long Count)[] granted) => new()
    {
        Epoch = Epoch,
        Revision = 1,
        Shape = Shape,
        Limit = limit,
        Total = limit,
        Base = slot,
        Granted = [.. granted.Select(pair => new LabelCount(pair.Label, pair.Count))],
    };

    public static TimeBounds At(long slot) => new(slot, slot + 1);

    /// <summary>A lease of two slots.</summary>
    public static Lease Lease(long tokens, long label) => new(new(Epoch, Shape, label - 1, label), tokens);

    public static Lease Spent(this Lease lease, long slot, int times = 1)
    {
        for (; times > 0; times--)
        {
            Assert.True(lease.TrySpend(() => slot));
        }

        return lease;
    }

    public static LedgerRequest Want(long tokens, int slots = 2, ulong commit = 99) => new(tokens, slots, commit);

    public static LabelCount[] Counts(params (long Label, long Count)[] counts) => [.. counts.Select(pair => new LabelCount(pair.Label, pair.Count))];
}
