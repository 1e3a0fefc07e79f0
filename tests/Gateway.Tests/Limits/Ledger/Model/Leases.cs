using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Real rows and leases from what the model stores, and back. A lease is brought into its state by its own steps.</summary>
internal static class Leases
{
    private const ulong Epoch = 7;

    public static LedgerRow Make(Row row, Bounds bounds) => new()
    {
        Epoch = Epoch,
        Revision = 1,
        Shape = Shape(bounds),
        Limit = bounds.L,
        Total = bounds.L,
        Base = row.Base,
        Granted = row.Granted,
    };

    public static Lease Make(Held held, Bounds bounds)
    {
        var underWay = held.Step == SpendStep.None ? 0 : 1;
        var lease = New(held.Free + underWay + held.Records.Sum(record => record.Count), held.Label, bounds);
        for (var taken = 0; taken < underWay; taken++)
        {
            lease.TryTake();
        }

        foreach (var (slot, count) in held.Records)
        {
            for (var spent = 0; spent < count; spent++)
            {
                lease.TryTake();
                lease.Record(slot);
            }
        }

        if (held.IsSealed)
        {
            lease.Seal();
        }

        return lease;
    }

    public static Lease New(long tokens, long label, Bounds bounds) =>
        new(new LeaseTerms(Epoch, Shape(bounds), label - bounds.H + 1, label), tokens);

    /// <summary>What the real lease became; the spend under way is the model's own.</summary>
    public static Held Model(Lease lease, Held before) =>
        before with { Free = (int)lease.Free, Records = lease.Records, IsSealed = lease.IsSealed };

    private static LedgerShape Shape(Bounds bounds) => new(1, bounds.S, 0);
}
