using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger;

/// <summary>What becomes of the permits of requests in flight whose process is gone.</summary>
public sealed class PermitCrashTests
{
    private const int Limit = 5;
    private const int Slots = 30;
    private const int LeaseSlots = 2;
    private const int Grace = 4;

    [Fact]
    public void Permits_OfCrashedProcesses_InAThousandRuns_AreBackWhenTheirLabelsHavePassed()
    {
        var held = 0;
        for (var seed = 0; seed < 1_000; seed++)
        {
            var row = Run(new(seed));

            held += row.Available(Slots + LeaseSlots + Grace - 1) < Limit ? 1 : 0;
            Assert.Equal(Limit, row.Available(Slots + LeaseSlots + Grace));
        }

        Assert.NotEqual(0, held);
    }

    // Four processes begin and end requests, renew, lose answers and writes, and crash; at the end all of them do.
    private static LedgerRow Run(Random random)
    {
        var row = Rows.Row(Limit, 1) with { Shape = new(1, 0, 0) };
        var processes = new Process[4];
        for (var slot = 1; slot <= Slots; slot++)
        {
            foreach (ref var process in processes.AsSpan())
            {
                process = random.Next(10) == 0 ? default : process;
                Serve(random, ref process);
                row = Renew(random, row, ref process, slot);
            }
        }

        return row;
    }

    private static void Serve(Random random, ref Process process)
    {
        for (var begins = random.Next(3); begins > 0 && process.Lease?.TryTake() == true; begins--)
        {
            process.Running++;
        }

        for (var ends = random.Next(3); ends > 0 && process.Running > 0; ends--)
        {
            process.Lease!.Return();
            process.Running--;
        }
    }

    private static LedgerRow Renew(Random random, LedgerRow row, ref Process process, int slot)
    {
        if (process.Lease is { } lease && !SlotLedger.CanSettle(row, lease))
        {
            // Its requests run on until its label has passed, and are ended then.
            process = lease.Terms.Label < slot ? default : process;
            return row;
        }

        KeptLease[] kept = process.Lease is { } held ? [new(held, 0, process.Running)] : [];
        var renewal = Renewal.Prepare(row, Rows.At(slot), kept, Rows.Want(random.Next(3), LeaseSlots) with { GraceSlots = Grace }).Renewal!;
        switch (random.Next(6))
        {
            case 0:
                renewal.Fail();
                return row;
            case 1:
                renewal.Abandon();
                process = kept.Length == 0 ? default : process;
                return renewal.Row;
            default:
                process.Lease = renewal.Succeed();
                return renewal.Row;
        }
    }

    private struct Process
    {
        public Lease? Lease;
        public int Running;
    }
}
