using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Limits.Exact;

/// <summary>
/// Spreads a hot limit over several rows. Who loses again and again looks how many there are, or makes more of them; each process takes from
/// one of them, and fetches free tokens from another when its own has none.
/// </summary>
internal sealed class ShardSpread(ILedgerStore store, StorageClock clock, Random random)
{
    private const int Growth = 4;

    // Next slot its own tokens come back: not worth two calls.
    private const int SlotsWorthWaiting = 2;

    // The pause after so many fetches in vain is 16 slots.
    private const int MostInVain = 5;

    /// <summary>True: the row that was read is not the one to take from; the account looks at another from now on.</summary>
    public bool IsElsewhere(LedgerAccount account, LedgerReadAnswer read)
    {
        var book = account.Book;
        if ((read.Row is null && book.Shard > 0) || (book.Shard == 0 && (read.Row?.Shards ?? 1) < book.Shards))
        {
            // The limit was reset, and begins with one row.
            (book.Shards, book.NextShard) = (read.Row?.Shards ?? 1, 0);
            Move(account);
            return true;
        }

        if (book.Shard == 0 && read.Row is { } first && first.Shards > book.Shards)
        {
            Plan(account, first.Shards);
        }

        return false;
    }

    /// <summary>Sees whether there are more rows by now, and makes more of them where there are not.</summary>
    public async Task SpreadAsync(LedgerAccount account)
    {
        account.Book.ForgetLost();
        if (account.Key.Kind == LedgerKind.Bucket || await TrySpreadAsync(account))
        {
            return;
        }

        // Others made them a moment ago.
        await TrySpreadAsync(account);
    }

    /// <summary>Goes to the row that was planned. What is still held of this one is spent to its end: it must not be settled into the other.</summary>
    private static void Move(LedgerAccount account)
    {
        lock (account.Gate)
        {
            foreach (var lease in account.Leases.Concat(account.Book.Ended).Concat(account.Permits.Leases))
            {
                lease.Seal();
            }
        }

        account.Book.Shard = account.Book.NextShard ?? account.Book.Shard;
        account.Book.NextShard = null;
        account.Book.Forget();
        account.Deny(long.MinValue, long.MinValue);
    }

    /// <summary>
    /// Goes to the row that was planned, unless requests in flight are counted in this one: their labels could not be moved any more, and they
    /// would be ended for it. Then the account stays, and fetches tokens from other rows.
    /// </summary>
    public static void MoveUnlessCounted(LedgerAccount account)
    {
        bool isCounted;
        lock (account.Gate)
        {
            isCounted = account.Permits.Count > 0;
        }

        if (isCounted)
        {
            account.Book.NextShard = null;
        }
        else
        {
            Move(account);
        }
    }

    /// <summary>Fetches free tokens from another row. False: there is no other, or it is too soon, or none has any.</summary>
    public async Task<bool> FetchAsync(LedgerAccount account)
    {
        var book = account.Book;
        if (book.Shards == 1 || clock.Bounds is not { } now || now.Lower < book.NoFetchBefore
            || await store.ReadAllAsync(account.Partition) is not { } read || Find(read, book.Shard).Row is not { } own)
        {
            return false;
        }

        var wanted = Math.Max((own.Total / book.Shards) - own.Limit, Shards.FewestTokens);
        var hasOwnSoon = own.Limit >= own.Total / book.Shards && own.Shape.StartOf(own.FirstFree(own.Base)) - now.Lower <= SlotsWorthWaiting * own.Shape.SlotTicks;
        var isFetched = !hasOwnSoon && Donor(read, book.Shard, now) is { } donor
            && Shards.Move(donor.Row!, own, now, Math.Min(wanted, Math.Max(Available(donor, now) / 2, 1)), NextId()) is var (less, more)
            && (await store.WriteAllAsync(account.Partition, [new(donor.Shard, less, donor.ETag), new(book.Shard, more, Find(read, book.Shard).ETag)])).Outcome == LedgerWrite.Written;
        // Where all is in use there is nothing to fetch for long.
        book.FetchesInVain = isFetched ? 0 : Math.Min(book.FetchesInVain + 1, MostInVain);
        book.NoFetchBefore = now.Lower + (own.Shape.SlotTicks << book.FetchesInVain >> 1);
        return isFetched;
    }

    /// <summary>Gives all rows together the limit's new number. True: the rows have changed and must be read.</summary>
    public async Task<bool> ResizeAsync(LedgerAccount account)
    {
        if (await store.ReadAllAsync(account.Partition) is not { Count: > 0 } read || read.Any(shard => shard.Row is null))
        {
            return false;
        }

        var rows = Shards.Resize([.. read.Select(shard => shard.Row!)], account.Quota.Count, account.Quota.Revision, NextId());
        var answer = await store.WriteAllAsync(account.Partition, [.. rows.Select((row, index) => new LedgerWriteRow(read[index].Shard, row, read[index].ETag))]);
        return answer.Outcome is LedgerWrite.Written or LedgerWrite.Conflict;
    }

    private async Task<bool> TrySpreadAsync(LedgerAccount account)
    {
        var read = await store.ReadAsync(FirstOf(account));
        if (read.Row is not { } first)
        {
            return true;
        }

        var more = (int)Math.Min(Math.Min(first.Total / Shards.FewestTokens, LedgerRow.MostShards), first.Shards * Growth);
        if (first.Shards > account.Book.Shards)
        {
            Plan(account, first.Shards);
        }
        else if (more > first.Shards)
        {
            var rows = Shards.Split(first, more, NextId());
            LedgerWriteRow[] writes = [new(0, rows[0], read.ETag), .. rows.Skip(1).Select((row, index) => new LedgerWriteRow(first.Shards + index, row, null))];
            if ((await store.WriteAllAsync(account.Partition, writes)).Outcome != LedgerWrite.Written)
            {
                return false;
            }

            Plan(account, more);
        }

        return true;
    }

    private void Plan(LedgerAccount account, int shards)
    {
        account.Book.Shards = shards;
        account.Book.NextShard = random.Next(shards);
        if (account.Book.NextShard == account.Book.Shard)
        {
            account.Book.NextShard = null;
        }
    }

    // Any row that has tokens, the likelier the more: not all shall ask the same one.
    private LedgerReadAnswer? Donor(IReadOnlyList<LedgerReadAnswer> read, int own, TimeBounds now)
    {
        var left = random.NextInt64(Math.Max(read.Sum(row => row.Shard == own ? 0 : Available(row, now)), 1));
        foreach (var row in read)
        {
            var available = row.Shard == own ? 0 : Available(row, now);
            if (left < available)
            {
                return row;
            }

            left -= available;
        }

        return null;
    }

    private static long Available(LedgerReadAnswer read, TimeBounds now) =>
        read.Row is { } row ? Math.Max(row.Available(SlotLedger.CommitSlot(row, now)), 0) : 0;

    private static LedgerReadAnswer Find(IReadOnlyList<LedgerReadAnswer> read, int shard) => read.FirstOrDefault(row => row.Shard == shard);

    private static RowAddress FirstOf(LedgerAccount account) => LedgerAddress.Of(account.Partition, 0);

    private ulong NextId() => (ulong)random.NextInt64();
}
