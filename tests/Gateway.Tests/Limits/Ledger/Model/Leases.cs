using Gateway.Limits.Ledger;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Real leases from what the model stores, and back. A lease is brought into its state by its own steps.</summary>
internal static class Leases
{
    public static Lease Make(Held held)
    {
        var underWay = held.Running + (held.Step == SpendStep.None ? 0 : 1);
        var lease = new Lease(held.Terms, held.Free + underWay + held.Records.Sum(record => record.Count));
        for (var taken = 0; taken < underWay; taken++)
        {
            lease.TryTake();
        }

        foreach (var (slot, count) in held.Records)
        {
            for (var spent = 0; spent < count; spent++)
            {
                lease.TryTake();
                lease.Record(held.Terms.Shape.StartOf(slot));
            }
        }

        if (held.IsSealed)
        {
            lease.Seal();
        }

        return lease;
    }

    /// <summary>What the real lease became; the spend under way is the model's own.</summary>
    public static Held Model(Lease lease, Held before) =>
        before with { Free = (int)lease.Free, Records = lease.Records, IsSealed = lease.IsSealed };
}
