using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Limits.Exact;

/// <summary>What an account's limit makes of a row, and what a row makes of its leases.</summary>
internal static class LedgerRows
{
    /// <summary>The first row of a key that nobody has used.</summary>
    public static LedgerRow Create(LedgerAccount account, LimitQuota quota, TimeBounds now, ulong epoch)
    {
        var earns = quota.Burst is null ? 0 : Slots.Earned(quota.Count, quota.Window);
        return SlotLedger.Create(epoch, quota.Revision, ShapeOf(account, quota, now), CapacityOf(quota), now, earns);
    }

    /// <summary>True: the limit's number has changed and the row is one of several, which must change together.</summary>
    public static bool NeedsAllShards(LedgerAccount account, LedgerRow row) => account.Book.Shards > 1 && HasOtherNumber(row, account.Quota);

    /// <summary>The row as it is to be from now on: of the period that has begun, in the limit's shape, with its number. The newest settings win.</summary>
    public static LedgerRow Adjust(LedgerAccount account, LimitQuota quota, LedgerRow row, TimeBounds now)
    {
        if (quota.Calendar is { } calendar)
        {
            row = Periods.Turn(row, now, calendar.Around);
        }

        if (quota.Revision < row.Revision)
        {
            return row;
        }

        var wanted = Create(account, quota, now, row.Epoch);
        var adjusted = account.Key.Kind switch
        {
            LedgerKind.Bucket when row.Earns != wanted.Earns || row.Shape.SlotTicks != wanted.Shape.SlotTicks => BucketSteps.AtRate(row, wanted, now),
            LedgerKind.Rolling when row.Shape != wanted.Shape => Reshape.To(row, wanted.Shape),
            _ => row,
        };
        if (account.Book.Shards == 1 && row.Shards == 1 && row.Total != wanted.Total)
        {
            // The number of one of several rows changes with those of the others only.
            adjusted = adjusted with { Limit = wanted.Limit, Total = wanted.Total };
        }

        return adjusted == row ? row : adjusted with { Revision = quota.Revision };
    }

    /// <summary>The leases that this write may settle. The newest goes on being spent meanwhile, so that it keeps what two round trips will want.</summary>
    public static IReadOnlyList<KeptLease> Settleable(LedgerAccount account, LedgerRow row, long slot)
    {
        lock (account.Gate)
        {
            var keep = account.GivesBack ? 0 : account.Book.Demand.During(2);
            return
            [
                .. from lease in account.Book.Ended.Concat(account.Leases)
                   where SlotLedger.CanSettle(row, lease)
                   select new KeptLease(lease, account.Leases.Count > 0 && lease == account.Leases[^1] ? keep : 0, account.Permits.Move(lease, slot)),
            ];
        }
    }

    public static LedgerRequest Request(LedgerAccount account, LedgerRow row, long slot, TimeBounds now, LeaseOffer offer, ulong commitId)
    {
        var end = now.Upper + offer.Duration;
        // A period's tokens are spent in it: what reached into the next one would be granted there a second time.
        var slots = account.Key.Kind is LedgerKind.Day or LedgerKind.Month ? 1 : (int)Math.Max(row.Shape.SlotOf(end) - slot + 1, 1);
        return new(offer.Tokens, slots, commitId)
        {
            // Where slots are longer than leases, the lease ends by itself.
            LatestEnd = row.Shape.SlotTicks > offer.Duration ? end : long.MaxValue,
            GraceSlots = account.Quota.InFlight ? Slots.GraceOfPermits : 0,
        };
    }

    /// <summary>Puts the new lease behind those that are still spent. Returns the tokens that nobody can spend or give back any more.</summary>
    public static long Hold(LedgerAccount account, IReadOnlyList<KeptLease> settled, Lease? lease, LedgerRow row)
    {
        lock (account.Gate)
        {
            var wasted = 0L;
            account.Hold([.. account.Leases.Where(held => !settled.Any(kept => kept.Lease == held && kept.Keep == 0)), .. lease is null ? Array.Empty<Lease>() : [lease]]);
            account.Book.Ended.RemoveAll(ended =>
            {
                wasted += SlotLedger.CanSettle(row, ended) ? 0 : ended.Free;
                return settled.Any(kept => kept.Lease == ended) || !SlotLedger.CanSettle(row, ended);
            });
            // Some requests keep their label, and some began while their lease was settled.
            account.Book.Ended.AddRange(account.Permits.Leases
                .Where(held => !account.Leases.Contains(held) && !account.Book.Ended.Contains(held)));
            return wasted;
        }
    }

    /// <summary>Lets go of ended leases that leave nothing to settle, or too late. Returns the tokens that are lost with them.</summary>
    public static long Forget(LedgerAccount account, LedgerRow row)
    {
        lock (account.Gate)
        {
            var wasted = 0L;
            account.Book.Ended.RemoveAll(ended =>
            {
                var canSettle = SlotLedger.CanSettle(row, ended);
                wasted += canSettle ? 0 : ended.Free;
                return !canSettle || (ended.Free == 0 && ended.Records.Count == 0 && account.Permits.HaveLeft(ended));
            });
            return wasted;
        }
    }

    /// <summary>When the first of the granted tokens comes back.</summary>
    public static long NextRoom(LedgerRow row) => row.Earns > 0 ? row.Shape.EndOf(row.Base)
        : row.Granted.Count == 0 ? long.MinValue
        : row.Shape.StartOf(row.Granted[0].Label + row.Shape.Slots + 1);

    private static bool HasOtherNumber(LedgerRow row, LimitQuota quota) => row.Total != CapacityOf(quota) && quota.Revision >= row.Revision;

    // A bucket's slots are not infinitely fine: what one of them earns is kept back, so that no interval sees more than was promised.
    private static long CapacityOf(LimitQuota quota) => quota.Burst is { } burst ? burst - Slots.Earned(quota.Count, quota.Window) : quota.Count;

    private static LedgerShape ShapeOf(LedgerAccount account, LimitQuota quota, TimeBounds now) => quota switch
    {
        { Calendar: { } calendar } => Slots.OfPeriod(calendar.Around(now.Lower).Start, calendar.Around(now.Lower).End),
        { InFlight: true } => Slots.OfPermits(account.Hash),
        { Burst: not null } => Slots.OfBucket(quota.Count, quota.Window, now.Lower),
        _ => Slots.Of(quota.Window, account.Hash),
    };
}
