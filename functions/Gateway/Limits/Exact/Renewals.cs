using Gateway.Limits.Ledger;
using Microsoft.Extensions.Logging;
using Records;

namespace Gateway.Limits.Exact;

/// <summary>
/// Renews the leases of accounts, one renewal at a time for each:
/// 1. learn storage's time, where it is not known well enough;
/// 2. find out what became of a write that got no answer;
/// 3. take the row as it is known, or read it;
/// 4. settle what was spent, ask for tokens, and write under the row's ETag; when others were quicker, put all back and go to 3.
/// </summary>
internal sealed partial class Renewals(ILedgerStore store, StorageClock clock, ShardSpread shards, LedgerMetrics metrics, Random random, TimeProvider time, ILogger<Renewals> logger)
{
    private const int Rounds = 8;
    private const int ConflictsUntilSpread = 3;

    private static readonly TimeSpan _backOff = TimeSpan.FromMilliseconds(4);
    private static readonly long _rest = TimeSpan.FromSeconds(1).Ticks;
    private static readonly long _restOfFault = TimeSpan.FromMinutes(1).Ticks;

    /// <summary>Renews the account's leases, or joins the renewal that is under way.</summary>
    public Task<RenewalEnd> RenewAsync(LedgerAccount account)
    {
        var mine = new TaskCompletionSource<RenewalEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (account.Gate)
        {
            if (account.Renewing is { } running)
            {
                return running;
            }

            account.Renewing = mine.Task;
        }

        _ = RunAsync(account, mine);
        return mine.Task;
    }

    /// <summary>Settles all that the account holds and asks for nothing; it holds no lease from then on.</summary>
    public async Task GiveBackAsync(LedgerAccount account)
    {
        account.IsLeaving = true;
        if (account.Renewing is { } running)
        {
            await running;
        }

        if (account.HoldsAnything)
        {
            await RenewAsync(account);
        }
    }

    private async Task RunAsync(LedgerAccount account, TaskCompletionSource<RenewalEnd> mine)
    {
        var end = RenewalEnd.Away;
        try
        {
            end = await TryAsync(account);
        }
        catch (Exception failure)
        {
            Log.Failed(logger, failure, account.Key.Limit);
        }
        finally
        {
            if (end == RenewalEnd.Away)
            {
                metrics.Renewal(account.Key.Limit, "away");
                account.RestUntil = Math.Max(account.RestUntil, clock.Local + _rest);
            }

            lock (account.Gate)
            {
                account.Renewing = null;
            }

            mine.SetResult(end);
        }
    }

    private async Task<RenewalEnd> TryAsync(LedgerAccount account)
    {
        var book = account.Book;
        if (!await clock.RefreshAsync() || (book.Pending is { } pending && !await ResolveAsync(account, pending)))
        {
            return RenewalEnd.Away;
        }

        // With others about, a row that was known a while ago has changed since: reading is cheaper than losing.
        var (row, etag) = book.Others < 0.5 ? (book.Row, book.ETag) : (null, null);
        for (var (round, conflicts) = (0, 0); round < Rounds; round++)
        {
            if (etag is null)
            {
                var read = await store.ReadAsync(AddressOf(account));
                if (!read.IsAnswered || IsDamaged(account, read))
                {
                    return RenewalEnd.Away;
                }

                if (shards.IsElsewhere(account, read))
                {
                    continue;
                }

                (row, etag) = (read.Row, read.ETag);
            }

            var (end, wasQuicker) = await WriteAsync(account, row, etag);
            if (!wasQuicker)
            {
                return end == RenewalEnd.Denied && await shards.FetchAsync(account) ? await RetryAsync(account) : end;
            }

            metrics.Renewal(account.Key.Limit, "conflict");
            (row, etag) = (null, null);
            if (++conflicts % ConflictsUntilSpread == 0)
            {
                await shards.SpreadAsync(account);
            }

            if (conflicts > 1)
            {
                await Task.Delay(_backOff * (random.NextDouble() * Math.Min(conflicts, 6)), time);
            }
        }

        return RenewalEnd.Contended;
    }

    // Tokens were fetched from another shard: one more try, on the row that has them now.
    private async Task<RenewalEnd> RetryAsync(LedgerAccount account)
    {
        var read = await store.ReadAsync(AddressOf(account));
        return read.Row is null ? RenewalEnd.Contended : (await WriteAsync(account, read.Row, read.ETag)).End;
    }

    private async Task<(RenewalEnd End, bool WasQuicker)> WriteAsync(LedgerAccount account, LedgerRow? row, string? etag)
    {
        if (clock.Bounds is not { } now)
        {
            return (RenewalEnd.Away, false);
        }

        var (book, era, before) = (account.Book, clock.Era, row ?? LedgerRows.Create(account, now, NextId()));
        if (LedgerRows.NeedsAllShards(before, account.Quota, book.Shards))
        {
            return (RenewalEnd.Contended, await shards.ResizeAsync(account));
        }

        var current = LedgerRows.Adjust(account, before, now);
        account.Retire(now.Upper);
        var slot = SlotLedger.CommitSlot(current, now);
        var kept = LedgerRows.Settleable(account, current, slot);
        book.Demand.Count(account.TakeUncounted(), clock.Local);
        var available = current.Available(slot) + kept.Sum(lease => Math.Max(lease.Lease.Free - lease.Keep, 0));
        var offer = account.IsLeaving ? LeaseOffer.Nothing : LeaseOffer.Of(account, current, available);
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

        var attempt = new PendingWrite(renewal, AddressOf(account), etag, kept, offer, era);
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

    // True: it is known what became of the write.
    private async Task<bool> ResolveAsync(LedgerAccount account, PendingWrite pending)
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
            account.FaultyUntil = clock.Local + _restOfFault;
        }

        return RenewalEnd.Away;
    }

    private bool IsDamaged(LedgerAccount account, LedgerReadAnswer read)
    {
        if (read.IsDamaged)
        {
            metrics.Fault(account.Key.Limit, "damaged");
            account.FaultyUntil = clock.Local + _restOfFault;
        }

        return read.IsDamaged;
    }

    private static RowAddress AddressOf(LedgerAccount account) => LedgerAddress.Of(account.Partition, account.Book.Shard);

    private ulong NextId() => (ulong)random.NextInt64();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Renewing a lease of limit {Limit} failed.")]
        public static partial void Failed(ILogger logger, Exception exception, string limit);

        [LoggerMessage(2, LogLevel.Error, "A row of limit {Limit} counts fewer tokens than instances have given back: nothing is granted from it. Reset it with gw limits reset.")]
        public static partial void Negative(ILogger logger, string limit);
    }
}
