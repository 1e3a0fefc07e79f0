using Gateway.Limits.Ledger;
using Microsoft.Extensions.Logging;
using Records;

namespace Gateway.Limits.Exact;

/// <summary>Makes the one write of a renewal, and puts what became of it into effect.</summary>
internal sealed partial class RenewalWrites(ILedgerStore store, StorageClock clock, LedgerMetrics metrics, Random random, ILogger<RenewalWrites> logger)
{
    /// <summary>How long nothing is asked of a row that must not be granted from.</summary>
    public static readonly long RestOfFault = TimeSpan.FromMinutes(1).Ticks;

    private const int Rounds = 8;

    /// <summary>Settles and asks for tokens in one write, from a row as it was read; null: there is none yet. WasQuicker: others were, and all is as before.</summary>
    public async Task<(RenewalEnd End, bool WasQuicker)> WriteAsync(LedgerAccount account, LedgerRow? row, string? etag)
    {
        if (clock.Bounds is not { } now)
        {
            return (RenewalEnd.Away, false);
        }

        // Requests may name another plan's numbers meanwhile.
        var (book, era, quota) = (account.Book, clock.Era, account.Quota);
        var before = row ?? LedgerRows.Create(account, quota, now, NextId());
        var current = LedgerRows.Adjust(account, quota, before, now);
        account.Retire(now.Upper);
        var slot = SlotLedger.CommitSlot(current, now);
        var kept = LedgerRows.Settleable(account, current, slot);
        book.Demand.Count(account.TakeUncounted(), clock.Local);
        var available = current.Available(slot) + kept.Sum(lease => Math.Max(lease.Lease.Free - lease.Keep, 0));
        var offer = account.GivesBack ? LeaseOffer.Nothing : LeaseOffer.Of(account, current, available);
        var draft = Renewal.Prepare(current, now, kept, LedgerRows.Request(account, current, slot, now, offer, NextId()));
        if (draft.Renewal is not { } renewal)
        {
            account.Moved(null);
            return (Fault(account, draft.Fault), false);
        }

        if (!renewal.IsWorthWriting)
        {
            account.Moved(null);
            metrics.Renewal(account.Key.Limit, "nothing");
            metrics.Wasted(account.Key.Limit, LedgerRows.Forget(account, current));
            book.Remember(before, etag!);
            return (Refuse(account, current, now), false);
        }

        var attempt = new PendingWrite(renewal, account.Row, etag, kept, offer, era);
        var answer = await SendAsync(account, attempt);
        switch (answer.Outcome)
        {
            case LedgerWrite.Written:
                book.Met(before.Commits);
                return (Accept(account, attempt, renewal.Row, answer.ETag!), false);
            case LedgerWrite.Unknown:
                book.Pending = attempt;
                return (await ResolveAsync(account, attempt) && account.Free > 0 ? RenewalEnd.Granted : RenewalEnd.Away, false);
            default:
                renewal.Fail();
                account.Moved(null);
                return (RenewalEnd.Away, answer.Outcome == LedgerWrite.Conflict);
        }
    }

    private async Task<LedgerWriteAnswer> SendAsync(LedgerAccount account, PendingWrite write)
    {
        var sentAt = clock.Local;
        var answer = await store.WriteAsync(write.Address, write.Renewal.Row, write.ETag);
        if (answer.Outcome == LedgerWrite.Written)
        {
            var receivedAt = clock.Local;
            clock.Learn(answer, sentAt, receivedAt);
            account.Book.Demand.Answered(receivedAt - sentAt);
        }

        return answer;
    }

    /// <summary>Finds out what became of a write that got no answer. False: nobody can say yet.</summary>
    public async Task<bool> ResolveAsync(LedgerAccount account, PendingWrite pending)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var read = await store.ReadAsync(pending.Address);
            if (!read.IsAnswered)
            {
                return false;
            }

            var isNew = pending.ETag is null;
            var outcome = isNew && read.ETag is null ? RenewalOutcome.Unchanged : pending.Renewal.Resolve(read.Row, !isNew && read.ETag == pending.ETag);
            if (outcome != RenewalOutcome.Unchanged)
            {
                Conclude(account, pending, outcome, read);
                return true;
            }

            // The same bytes under the same ETag: whichever copy of the write comes first, the other one is refused.
            var answer = await SendAsync(account, pending);
            if (answer.Outcome == LedgerWrite.Written)
            {
                account.Book.Pending = null;
                Accept(account, pending, pending.Renewal.Row, answer.ETag!);
                return true;
            }

            if (answer.Outcome != LedgerWrite.Conflict)
            {
                return false;
            }
        }

        return false;
    }

    private void Conclude(LedgerAccount account, PendingWrite pending, RenewalOutcome outcome, LedgerReadAnswer read)
    {
        account.Book.Pending = null;
        switch (outcome)
        {
            case RenewalOutcome.Succeeded:
                Accept(account, pending, read.Row!, read.ETag!);
                break;
            case RenewalOutcome.Failed:
                pending.Renewal.Fail();
                account.Moved(null);
                break;
            default:
                metrics.Renewal(account.Key.Limit, "ambiguous");
                metrics.Fault(account.Key.Limit, "sealed");
                metrics.Wasted(account.Key.Limit, pending.Renewal.Settlements.Sum(settlement => settlement.Released) + (pending.Renewal.Granted?.Free ?? 0));
                pending.Renewal.Abandon();
                account.Abandoned();
                break;
        }
    }

    private RenewalEnd Accept(LedgerAccount account, PendingWrite write, LedgerRow row, string etag)
    {
        metrics.Renewal(account.Key.Limit, "written");
        var lease = write.Renewal.Succeed();
        account.Moved(lease);
        if (write.Era != clock.Era)
        {
            // It was judged by a time that was wrong.
            metrics.Wasted(account.Key.Limit, lease?.Free ?? 0);
            return RenewalEnd.Contended;
        }

        lease?.Renews(write.Offer.RenewBelow, write.Offer.RenewFrom(lease.Terms, account.Book.Demand));
        metrics.Wasted(account.Key.Limit, LedgerRows.Hold(account, write.Kept, lease, row));
        account.Book.OwnCommits = row.Commits;
        account.Book.Remember(row, etag);
        var now = clock.Bounds ?? default;
        if (account.Free == 0)
        {
            return Refuse(account, row, now);
        }

        account.Allow(Math.Max(row.Available(SlotLedger.CommitSlot(row, now)), 0), LedgerRows.NextRoom(row));
        return RenewalEnd.Granted;
    }

    private RenewalEnd Refuse(LedgerAccount account, LedgerRow row, TimeBounds now)
    {
        Denial.Apply(account, row, now, random);
        return RenewalEnd.Denied;
    }

    private RenewalEnd Fault(LedgerAccount account, LedgerFault fault)
    {
        if (fault == LedgerFault.BaseAhead)
        {
            clock.Distrust();
        }
        else
        {
            metrics.Fault(account.Key.Limit, "negative");
            Log.Negative(logger, account.Key.Limit);
            account.FaultyUntil = clock.Local + RestOfFault;
        }

        return RenewalEnd.Away;
    }

    private ulong NextId() => (ulong)random.NextInt64();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A row of limit {Limit} counts fewer tokens than instances have given back: nothing is granted from it. Reset it with gw limits reset.")]
        public static partial void Negative(ILogger logger, string limit);
    }
}
