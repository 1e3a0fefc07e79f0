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

    /// <summary>True: the row that was read is not the one to take from; the account looks at another from now on.</summary>
    public bool IsElsewhere(LedgerAccount account, LedgerReadAnswer read)
    {
        var book = account.Book;
        if (read.Row is null && book.Shard > 0)
        {
            // The limit was reset, and begins with one row.
            Settle(account, shards: 1);
            return true;
        }

        if (book.Shard == 0 && read.Row is { } first && first.Shards != book.Shards)
        {
            Settle(account, first.Shards);
            return book.Shard > 0;
        }

        return false;
    }

    /// <summary>Takes from another of the rows, and makes more of them where there are not more already.</summary>
    public async Task SpreadAsync(LedgerAccount account)
    {
        if (account.Key.Kind == LedgerKind.Bucket)
        {
            return;
        }

        var read = await store.ReadAsync(FirstOf(account));
        if (read.Row is not { } first)
        {
            return;
        }

        var more = (int)Math.Min(Math.Min(first.Total / Shards.FewestTokens, LedgerRow.MostShards), first.Shards * Growth);
        if (first.Shards > account.Book.Shards)
        {
            Settle(account, first.Shards);
        }
        else if (more > first.Shards)
        {
            var rows = Shards.Split(first, more, NextId());
            LedgerWriteRow[] writes = [new(0, rows[0], read.ETag), .. rows.Skip(1).Select((row, index) => new LedgerWriteRow(first.Shards + index, row, null))];
            if ((await store.WriteAllAsync(account.Partition, writes)).Outcome == LedgerWrite.Written)
            {
                Settle(account, more);
            }
        }
    }

    /// <summary>Fetches free tokens from another row. False: there is no other, or it is too soon, or it had none.</summary>
    public async Task<bool> FetchAsync(LedgerAccount account)
    {
        var book = account.Book;
        if (book.Shards == 1 || clock.Bounds is not { } now || now.Lower < book.NoFetchBefore)
        {
            return false;
        }

        var from = (book.Shard + 1 + random.Next(book.Shards - 1)) % book.Shards;
        var own = await store.ReadAsync(LedgerAddress.Of(account.Partition, book.Shard));
        if (own.Row is not { } row || (row.Limit >= row.Total / book.Shards && row.Shape.StartOf(row.FirstFree(row.Base)) - now.Lower <= SlotsWorthWaiting * row.Shape.SlotTicks))
        {
            return false;
        }

        book.NoFetchBefore = now.Lower + (row.Shape.SlotTicks / 2);
        var other = await store.ReadAsync(LedgerAddress.Of(account.Partition, from));
        var wanted = Math.Max(row.Total / book.Shards - row.Limit, Shards.FewestTokens);
        return other.Row is { } donor
            && Shards.Move(donor, row, now, Math.Min(wanted, Math.Max(donor.Available(SlotLedger.CommitSlot(donor, now)) / 2, 1)), NextId()) is var (less, more)
            && (await store.WriteAllAsync(account.Partition, [new(from, less, other.ETag), new(book.Shard, more, own.ETag)])).Outcome == LedgerWrite.Written;
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

    // Leases of another row are spent to their end: they must not be settled into this one.
    private void Settle(LedgerAccount account, int shards)
    {
        lock (account.Gate)
        {
            foreach (var lease in account.Leases.Concat(account.Book.Ended).Concat(account.Permits.Leases))
            {
                lease.Seal();
            }
        }

        account.Book.Shards = shards;
        account.Book.Shard = random.Next(shards);
        account.Book.Forget();
    }

    private static RowAddress FirstOf(LedgerAccount account) => LedgerAddress.Of(account.Partition, 0);

    private ulong NextId() => (ulong)random.NextInt64();
}
