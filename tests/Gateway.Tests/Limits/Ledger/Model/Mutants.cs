using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>The ways of doing it wrong that were found by attacks: each differs from the real conduct in one step.</summary>
internal static class Mutants
{
    /// <summary>⌊W/S⌋.</summary>
    internal sealed class SlotLengthRoundedDown : Conduct
    {
        public override long SlotLength(long window, int slots) => window / slots;
    }

    internal sealed class RingByCommittersOwnSlot : Conduct
    {
        public override bool CanSettle(LedgerRow row, Lease lease, TimeBounds now) => !lease.IsSealed && lease.Terms.Label >= now.Lower - row.Shape.Slots;

        // Without a base in the row each commit goes by its own slot.
        public override RenewalDraft Prepare(LedgerRow row, TimeBounds now, IReadOnlyList<KeptLease> leases, LedgerRequest request, bool[] pending) =>
            Renewal.Prepare(row with { Base = 0 }, now, leases, request) is { Renewal: { } renewal }
                ? new(new(renewal.Row with { Base = 0 }, request.CommitId, renewal.Settlements, renewal.Granted), LedgerFault.None)
                : new(null, LedgerFault.Negative);
    }

    internal sealed class SlotRecordedAtTheDecrement : Conduct
    {
        public override int SlotAtTake(int time) => time;
    }

    internal sealed class ClockReadBeforeTheDecrement : Conduct
    {
        public override bool ReadsFirst => true;
    }

    internal sealed class UncheckedTokenSettledAsUnspent : Conduct
    {
        public override RenewalDraft Prepare(LedgerRow row, TimeBounds now, IReadOnlyList<KeptLease> leases, LedgerRequest request, bool[] pending) =>
            Rewritten(row, now, request, [.. leases.Zip(pending, (kept, isPending) =>
            {
                var settlement = kept.Lease.Withdraw(kept.Keep);
                return (settlement with { Released = settlement.Released + (isPending ? 1 : 0) }, settlement);
            })]);
    }

    internal sealed class ReleasesWhatIsBeingSpent : Conduct
    {
        public override RenewalDraft Prepare(LedgerRow row, TimeBounds now, IReadOnlyList<KeptLease> leases, LedgerRequest request, bool[] pending) =>
            Rewritten(row, now, request, [.. leases.Select(kept =>
            {
                var settlement = kept.Lease.Withdraw(kept.Keep);
                kept.Lease.Restore(settlement with { Records = [] });
                return (settlement, settlement with { Released = 0 });
            })]);
    }

    internal sealed class RestoresAfterAnAmbiguousWrite : Conduct
    {
        public override void Abandon(Renewal renewal)
        {
            foreach (var settlement in renewal.Settlements)
            {
                settlement.Lease.Restore(settlement with { Records = [] });
                settlement.Lease.Seal();
            }
        }
    }

    internal sealed class SettlesAgainAfterAnAmbiguousWrite : Conduct
    {
        public override void Abandon(Renewal renewal)
        {
            foreach (var settlement in renewal.Settlements)
            {
                settlement.Lease.Restore(settlement with { Released = 0 });
            }
        }
    }

    internal sealed class RefundsIntoAnotherLease : Conduct
    {
        public override bool RefundsElsewhere => true;
    }

    internal sealed class SpendsAfterTheEnd : Conduct
    {
        public override bool Covers(Lease lease, long upperBound) => true;
    }

    internal sealed class RecyclesOnAFutureClock : Conduct
    {
        public override int[] LowerSlots(int time, Bounds bounds) => [time + 1];
    }

    internal sealed class UpperBoundFromAReadsETag : Conduct
    {
        public override int[] UpperSlots(int time, Bounds bounds) => [Math.Max(time - 1, 0)];
    }

    // What goes into the write differs from what comes back when it fails.
    public static RenewalDraft Rewritten(LedgerRow row, TimeBounds now, LedgerRequest request, (Settlement Written, Settlement Restored)[] parts)
    {
        var commit = SlotLedger.Commit(row, now, [.. parts.Select(part => part.Written)], request);
        return commit.Fault == LedgerFault.None
            ? new(new(commit.Row!, request.CommitId, [.. parts.Select(part => part.Restored)], commit.Granted > 0 ? new(commit.Terms!, commit.Granted) : null), LedgerFault.None)
            : new(null, commit.Fault);
    }
}
