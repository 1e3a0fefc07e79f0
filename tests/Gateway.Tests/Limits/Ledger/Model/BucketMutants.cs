using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Buckets done wrong.</summary>
internal static class BucketMutants
{
    /// <summary>The level is capped as if leased tokens were spent, and unspent ones come back on top of what was earned meanwhile.</summary>
    internal sealed class UnaccountedReturns : Conduct
    {
        public override RenewalDraft Prepare(LedgerRow row, TimeBounds now, IReadOnlyList<KeptLease> leases, LedgerRequest request, bool[] pending)
        {
            Settlement[] settlements = [.. leases.Select(kept => kept.Lease.Withdraw(kept.Keep))];
            var slot = SlotLedger.CommitSlot(row, now);
            var level = Math.Min(row.Limit, row.Free + (row.Earns * (slot - row.Base)));
            level = Math.Min(row.Limit, level + settlements.Sum(settlement => settlement.Released));
            var granted = Math.Min(request.Wanted, level);
            return new(
                new(row with { Base = slot, Free = level - granted, Granted = [] }, 1, settlements, granted > 0 ? new(new(row.Epoch, row.Shape, slot, slot + request.LeaseSlots - 1), granted) : null),
                LedgerFault.None);
        }
    }

    /// <summary>A token counts as gone as soon as it is known to be spent, not when the slot of its spend has passed.</summary>
    internal sealed class SettlesASpentTokensSlotTooEarly : Conduct
    {
        public override RenewalDraft Prepare(LedgerRow row, TimeBounds now, IReadOnlyList<KeptLease> leases, LedgerRequest request, bool[] pending) =>
            Mutants.Rewritten(row, now, request, [.. leases.Select(kept =>
            {
                var settlement = kept.Lease.Withdraw(kept.Keep);
                return (settlement with { Records = [.. settlement.Records.Select(record => record with { Label = record.Label - 1 })] }, settlement);
            })]);
    }
}
