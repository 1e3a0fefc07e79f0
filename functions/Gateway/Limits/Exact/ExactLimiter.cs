using Gateway.Limits.Ledger;

namespace Gateway.Limits.Exact;

/// <summary>
/// Counts over all instances. All limits of a request at once:
/// 1. take one token from a lease of each;
/// 2. with the counters of this process locked, read the clock once against the end that comes first: this reading admits;
/// 3. record the spends, or return each token to the lease it came from.
/// A token is never held while waiting: who lacks one returns all, waits for a renewal and starts over.
/// </summary>
internal sealed class ExactLimiter(LedgerAccounts accounts, Renewals renewals, LeaseKeeper keeper, StorageClock clock, LocalLimiter local, TimeProvider time)
{
    // A round trip takes a few milliseconds; a client rather waits for a slow one than is refused for it.
    private static readonly long _longestWait = TimeSpan.FromSeconds(1).Ticks;

    // The first answer of all needs a connection and a token of the gateway's own.
    private static readonly long _longestFirstWait = TimeSpan.FromSeconds(5).Ticks;

    public ValueTask<LimitVerdict> TryTakeAsync(IReadOnlyList<LimitCharge> charges, CancellationToken cancellation)
    {
        return charges.Count == 1 && TryDecide(charges[0], out var decision)
            ? new(new LimitVerdict(decision.IsAdmitted, [decision.Reading]) { AdmittedAt = decision.AdmittedAt })
            : TakeAsync(charges, cancellation);
    }

    /// <inheritdoc cref="ILimiter.TryDecide"/>
    public bool TryDecide(in LimitCharge only, out LimitDecision decision)
    {
        decision = default;
        if (only.Quota.InFlight || !TryDecide(accounts.Find(only), only, out var reading, out var at))
        {
            return false;
        }

        var isAdmitted = reading.HadRoom || only.Shadow;
        decision = new(isAdmitted, reading, isAdmitted ? at : null);
        return true;
    }

    /// <summary>
    /// The same three steps for the only limit of a request, where memory is enough to admit or to refuse it: nothing is allocated, nothing is
    /// awaited. False: it is not enough, and nothing was taken.
    /// </summary>
    public bool TryDecide(LedgerAccount account, in LimitCharge charge, out LimitReading reading, out long at)
    {
        account.Quota = charge.Quota;
        var lease = account.TryTake();
        at = clock.Local;
        if (lease is null ? !IsKnownToBeOver(account, at) : !TrySpend(account, lease, clock.UpperAt(at)))
        {
            reading = default;
            return false;
        }

        account.UsedAt = at;
        reading = account.Read(charge.Quota, lease is not null, clock.LowerAt(at));
        return true;
    }

    private bool IsKnownToBeOver(LedgerAccount account, long at)
    {
        if (!account.IsDenied(clock.LowerAt(at)))
        {
            return false;
        }

        account.CountRequest();
        return true;
    }

    private bool TrySpend(LedgerAccount account, Lease lease, long upperBound)
    {
        if (!lease.Covers(upperBound))
        {
            lease.Return();
            return false;
        }

        lease.Record(upperBound);
        if (lease.IsWorthRenewing(upperBound))
        {
            RenewMeanwhile(account);
        }

        return true;
    }

    private async ValueTask<LimitVerdict> TakeAsync(IReadOnlyList<LimitCharge> charges, CancellationToken cancellation)
    {
        var attempt = new Attempt(charges, accounts);
        var began = clock.Local;
        var longest = clock.Bounds is null ? _longestFirstWait : _longestWait;
        while (true)
        {
            if (TryOnce(attempt) is { } verdict)
            {
                return verdict;
            }

            if (attempt.Lacking is { } lacking && await WaitAsync(attempt.AccountOf(lacking), began + longest - clock.Local, cancellation) == RenewalEnd.Away)
            {
                attempt.GiveUp(lacking);
            }
        }
    }

    private async Task<RenewalEnd> WaitAsync(LedgerAccount account, long left, CancellationToken cancellation)
    {
        if (left <= 0 || account.IsLeaving || clock.Local < account.FaultyUntil)
        {
            return RenewalEnd.Away;
        }

        account.BeginWait();
        try
        {
            var end = await JoinAsync(account).WaitAsync(TimeSpan.FromTicks(left), time, cancellation);
            if (end == RenewalEnd.Granted && account.NeedsKeeper)
            {
                keeper.Watch(account);
            }

            return end;
        }
        catch (TimeoutException)
        {
            return RenewalEnd.Away;
        }
        finally
        {
            account.EndWait();
        }
    }

    // Awaited once more, so that a request goes on where it waits, and not within the renewal.
    private async Task<RenewalEnd> JoinAsync(LedgerAccount account) => await renewals.RenewAsync(account);

    // Null: begin again, after a wait if something is lacking.
    private LimitVerdict? TryOnce(Attempt attempt)
    {
        if (!attempt.TryTakeAll(clock.LowerAt(clock.Local)))
        {
            return null;
        }

        if (attempt.IsRefused)
        {
            attempt.ReturnAll();
            return attempt.Refused(clock.LowerAt(clock.Local));
        }

        var verdict = local.Take(attempt.LocalCharges, () => Confirm(attempt));
        if (!verdict.IsAdmitted)
        {
            attempt.ReturnAll();
            return attempt.IsOutOfTime ? Renew(attempt) : attempt.Refused(clock.LowerAt(clock.Local), verdict);
        }

        attempt.Spend(keeper);
        foreach (var account in attempt.WorthRenewing)
        {
            RenewMeanwhile(account);
        }

        return attempt.Admitted(clock.LowerAt(attempt.Reading), verdict);
    }

    private bool Confirm(Attempt attempt)
    {
        attempt.Reading = clock.Local;
        attempt.UpperBound = clock.UpperAt(attempt.Reading);
        return attempt.CoversAll();
    }

    private static LimitVerdict? Renew(Attempt attempt)
    {
        attempt.RetireEnded();
        return null;
    }

    private void RenewMeanwhile(LedgerAccount account)
    {
        if (account.Renewing is null && clock.Local >= account.RestUntil && !account.IsDenied(clock.LowerAt(clock.Local)))
        {
            _ = renewals.RenewAsync(account);
        }
    }
}
