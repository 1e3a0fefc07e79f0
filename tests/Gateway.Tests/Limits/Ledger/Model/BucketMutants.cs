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

    /// <summary>The first slot of the new rate begins wherever slots of its length do, and is earned for beside the slot of before.</summary>
    internal sealed class EarnsForTheSlotOfTheChangeTwice : Conduct
    {
        public override LedgerRow AtRate(LedgerRow row, LedgerRow wanted, TimeBounds now) =>
            Gateway.Limits.Ledger.Reshape.To(row, wanted.Shape) with { Earns = wanted.Earns };
    }

    /// <summary>As it was once: what a slot earns twice is taken from what is free, also where less is free.</summary>
    internal sealed class TakesBackOnlyWhatIsFree : Conduct
    {
        public override LedgerRow AtRate(LedgerRow row, LedgerRow wanted, TimeBounds now)
        {
            var turned = Gateway.Limits.Ledger.Reshape.To(row, wanted.Shape);
            var twice = wanted.Earns * (wanted.Shape.SlotOf(row.Shape.EndOf(row.Base)) - turned.Base + 1);
            return turned with { Earns = wanted.Earns, Free = Math.Max(row.Free - twice, 0) };
        }
    }

    /// <summary>The time since the last commit is earned for at the new rate.</summary>
    internal sealed class EarnsAtTheNewRateSinceTheLastCommit : Conduct
    {
        public override LedgerRow AtRate(LedgerRow row, LedgerRow wanted, TimeBounds now) =>
            base.AtRate(row, wanted, new(row.Shape.StartOf(row.Base), now.Upper));
    }

    /// <summary>A slot that earns more begins though more is out than may be with it.</summary>
    internal sealed class DoesNotWaitForWhatIsOut : Conduct
    {
        public override LedgerRow AtRate(LedgerRow row, LedgerRow wanted, TimeBounds now) =>
            base.AtRate(row, wanted with { Limit = long.MaxValue }, now);
    }
}
