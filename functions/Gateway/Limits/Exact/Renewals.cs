using Gateway.Limits.Ledger;
using Microsoft.Extensions.Logging;

namespace Gateway.Limits.Exact;

/// <summary>
/// Renews the leases of accounts, one renewal at a time for each:
/// 1. learn storage's time, where it is not known well enough;
/// 2. find out what became of a write that got no answer;
/// 3. take the row as it is known, or read it;
/// 4. settle what was spent, ask for tokens, and write under the row's ETag; when others were quicker, put all back and go to 3.
/// </summary>
internal sealed partial class Renewals(ILedgerStore store, StorageClock clock, RenewalWrites writes, ShardSpread shards, LedgerMetrics metrics, Random random, TimeProvider time, ILogger<Renewals> logger)
{
    private const int Rounds = 8;

    // Half of all writes are lost: more rows cost less than that.
    private const double LostUntilSpread = 1;

    // So many lost writes are worth what can be settled before an account goes to another row.
    private const int LostUntilMove = 2;

    private static readonly TimeSpan _backOff = TimeSpan.FromMilliseconds(4);
    private static readonly long _rest = TimeSpan.FromSeconds(1).Ticks;

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
        if (!await clock.RefreshAsync() || (book.Pending is { } pending && !await writes.ResolveAsync(account, pending)))
        {
            return RenewalEnd.Away;
        }

        if (book.Lost > LostUntilSpread)
        {
            await shards.SpreadAsync(account);
        }

        return await TryRowsAsync(account);
    }

    private async Task<RenewalEnd> TryRowsAsync(LedgerAccount account)
    {
        // With others about, a row that was known a while ago has changed since: reading is cheaper than losing.
        var book = account.Book;
        var (row, etag) = book.Others < 0.5 ? (book.Row, book.ETag) : (null, null);
        var (isFromMemory, lost) = (etag is not null, 0);
        for (var round = 0; round < Rounds; round++)
        {
            if (book.NextShard is not null && (!account.HoldsAnything || (lost >= LostUntilMove && !account.Quota.InFlight)))
            {
                ShardSpread.MoveUnlessCounted(account);
                (row, etag) = (null, null);
            }

            if (etag is null)
            {
                var read = await store.ReadAsync(account.Row);
                if (!read.IsAnswered || IsDamaged(account, read))
                {
                    return RenewalEnd.Away;
                }

                if (shards.IsElsewhere(account, read))
                {
                    continue;
                }

                (row, etag, isFromMemory) = (read.Row, read.ETag, false);
            }

            if (row is not null && LedgerRows.NeedsAllShards(account, row))
            {
                if (!await shards.ResizeAsync(account))
                {
                    return RenewalEnd.Away;
                }

                (row, etag) = (null, null);
                continue;
            }

            var (end, wasQuicker) = await writes.WriteAsync(account, row, etag);
            if (!wasQuicker && book.NextShard is not null && (end is RenewalEnd.Granted or RenewalEnd.Denied))
            {
                // All is settled in this row that can be.
                ShardSpread.MoveUnlessCounted(account);
                (row, etag) = (null, null);
                continue;
            }

            if (!wasQuicker && end == RenewalEnd.Denied && isFromMemory && book.ETag == etag)
            {
                // The row as it was known has nothing; others may have given back since.
                (row, etag) = (null, null);
                continue;
            }

            if (!wasQuicker)
            {
                book.Count(lost);
                return end == RenewalEnd.Denied && await shards.FetchAsync(account) ? await RetryAsync(account) : end;
            }

            metrics.Renewal(account.Key.Limit, "conflict");
            (row, etag) = (null, null);
            if (++lost > 1)
            {
                await Task.Delay(_backOff * (random.NextDouble() * Math.Min(lost, 6)), time);
            }
        }

        book.Count(lost);
        return RenewalEnd.Contended;
    }

    // Tokens were fetched from another shard: one more try, on the row that has them now.
    private async Task<RenewalEnd> RetryAsync(LedgerAccount account)
    {
        var read = await store.ReadAsync(account.Row);
        return read.Row is null ? RenewalEnd.Contended : (await writes.WriteAsync(account, read.Row, read.ETag)).End;
    }

    private bool IsDamaged(LedgerAccount account, LedgerReadAnswer read)
    {
        if (read.IsDamaged)
        {
            metrics.Fault(account.Key.Limit, "damaged");
            account.FaultyUntil = clock.Local + RenewalWrites.RestOfFault;
        }

        return read.IsDamaged;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Renewing a lease of limit {Limit} failed.")]
        public static partial void Failed(ILogger logger, Exception exception, string limit);
    }
}
