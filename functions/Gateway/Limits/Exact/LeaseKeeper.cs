using Gateway.Limits.Ledger;

namespace Gateway.Limits.Exact;

/// <summary>
/// Looks after accounts of limits in flight, and of periods, for as long as they hold anything: it gives back what nobody uses, moves the labels
/// of requests that run on, and cancels a request whose label has passed. Where storage is away for longer than a label lasts, that is what
/// keeps the promise.
/// </summary>
internal sealed class LeaseKeeper(Renewals renewals, StorageClock clock, TimeProvider time)
{
    private static readonly long _soonest = TimeSpan.FromMilliseconds(200).Ticks;

    // Meanwhile requests may begin whose labels end sooner than those that are looked after.
    private static readonly long _longest = TimeSpan.TicksPerSecond * Slots.GraceOfPermits / 4;
    private static readonly long _longestOfPeriod = TimeSpan.FromMinutes(10).Ticks;

    // What has to end with its label is ended sooner, as this may look too late by so much.
    private static readonly long _late = 2 * _soonest;

    // Time for many tries to move a label before it passes.
    private static readonly long _ahead = TimeSpan.TicksPerSecond * Slots.GraceOfPermits * 3 / 4;

    public Permit Begin(LedgerAccount account, Lease lease)
    {
        var permit = new Permit(account, lease);
        lock (account.Gate)
        {
            account.Permits.Add(permit);
        }

        Watch(account);
        return permit;
    }

    /// <summary>Sees to it that what the account holds is given back or renewed.</summary>
    public void Watch(LedgerAccount account)
    {
        lock (account.Gate)
        {
            if (account.IsKept)
            {
                return;
            }

            account.IsKept = true;
        }

        _ = KeepAsync(account);
    }

    // The renewal is not awaited: storage may be away for longer than a label lasts.
    private async Task KeepAsync(LedgerAccount account)
    {
        while (IsKept(account))
        {
            var wait = Math.Min(UntilRenewal(account), UntilLabelEnds(account));
            await Task.Delay(TimeSpan.FromTicks(Math.Clamp(wait, _soonest, account.Quota.InFlight ? _longest : _longestOfPeriod)), time);
            foreach (var permit in Outlived(account))
            {
                permit.Cancel();
            }

            if (UntilRenewal(account) <= 0)
            {
                _ = renewals.RenewAsync(account);
            }
        }
    }

    // False: nothing is held, and nobody looks after it until the next request.
    private static bool IsKept(LedgerAccount account)
    {
        lock (account.Gate)
        {
            return account.IsKept = account.Permits.Count > 0 || account.Leases.Count > 0 || account.Book.Ended.Count > 0;
        }
    }

    private long UntilRenewal(LedgerAccount account)
    {
        lock (account.Gate)
        {
            var lease = account.Leases.Select(lease => lease.Terms.End).Append(long.MaxValue).Min();
            var next = Math.Min(lease, account.Permits.EarliestLabelEnd - _ahead);
            return Math.Max(next == long.MaxValue - _ahead ? 0 : next - clock.UpperAt(clock.Local), Math.Max(account.RestUntil, 0) - clock.Local);
        }
    }

    private long UntilLabelEnds(LedgerAccount account)
    {
        lock (account.Gate)
        {
            return account.Permits.EarliestLabelEnd - _late - clock.UpperAt(clock.Local);
        }
    }

    private IReadOnlyList<Permit> Outlived(LedgerAccount account)
    {
        lock (account.Gate)
        {
            return account.Permits.TakeOutlived(clock.UpperAt(clock.Local) + _late);
        }
    }
}
