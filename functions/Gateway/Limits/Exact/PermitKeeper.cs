using Gateway.Limits.Ledger;

namespace Gateway.Limits.Exact;

/// <summary>
/// Looks after accounts of limits in flight for as long as they hold anything: it moves the labels of requests that run on, gives back what nobody
/// uses, and cancels a request whose label has passed. Where storage is away for longer than a label lasts, that is what keeps the promise.
/// </summary>
internal sealed class PermitKeeper(Renewals renewals, StorageClock clock, TimeProvider time)
{
    private static readonly TimeSpan _soonest = TimeSpan.FromMilliseconds(200);

    public Permit Begin(LedgerAccount account, Lease lease)
    {
        var permit = new Permit(account, lease);
        lock (account.Gate)
        {
            account.Permits.Add(permit);
            if (account.IsKept)
            {
                return permit;
            }

            account.IsKept = true;
        }

        _ = KeepAsync(account);
        return permit;
    }

    private async Task KeepAsync(LedgerAccount account)
    {
        while (NextLook(account) is { } wait)
        {
            await Task.Delay(wait, time);
            await renewals.RenewAsync(account);
            foreach (var permit in Outlived(account))
            {
                permit.Cancel();
            }
        }
    }

    // Null: nothing is held, and nobody looks after it until the next request.
    private TimeSpan? NextLook(LedgerAccount account)
    {
        lock (account.Gate)
        {
            account.IsKept = account.Permits.Count > 0 || account.Leases.Count > 0 || account.Book.Ended.Count > 0;
            if (!account.IsKept)
            {
                return null;
            }

            var now = clock.UpperAt(clock.Local);
            var next = account.Leases.Count > 0 ? account.Leases.Min(lease => lease.Terms.End) : now + (TimeSpan.TicksPerSecond * Slots.GraceOfPermits / 4);
            var labels = account.Permits.Select(permit => permit.Lease.Terms.LabelEnd).Append(long.MaxValue).Min();
            return TimeSpan.FromTicks(Math.Max(Math.Min(next, labels) - now, _soonest.Ticks));
        }
    }

    private List<Permit> Outlived(LedgerAccount account)
    {
        var now = clock.UpperAt(clock.Local);
        lock (account.Gate)
        {
            var outlived = account.Permits.Where(permit => permit.Lease.Terms.LabelEnd <= now).ToList();
            outlived.ForEach(permit => account.Permits.Remove(permit));
            return outlived;
        }
    }
}
