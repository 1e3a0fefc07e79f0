using Records;

namespace Gateway.Limits.Ledger;

/// <summary>
/// Tokens that one instance may spend in memory: the only thing of the ledger that a request touches. Spending may run on any number of
/// threads; withdrawing, restoring and sealing are the renewal's, one at a time.
/// </summary>
internal sealed class Lease(LeaseTerms terms, long tokens)
{
    // A lease of minutes has hundreds of slots, and there may be very many leases: neighbouring slots share a cell and count as the last of them
    // in which something was spent.
    private const int MostCells = 16;

    private readonly int _cellSlots = (int)((terms.Label - terms.First) / MostCells) + 1;
    private readonly long[] _records = new long[Math.Min(terms.Label - terms.First + 1, MostCells)];
    private readonly long[] _latest = new long[Math.Min(terms.Label - terms.First + 1, MostCells)];
    private readonly long _tokens = tokens;
    private long _free = tokens;
    private long _released;
    private long _counted;
    private volatile bool _sealed;

    public LeaseTerms Terms { get; } = terms;

    /// <summary>Tokens that nobody took.</summary>
    public long Free => Volatile.Read(ref _free);

    /// <summary>A write that held a settlement of this lease got no answer: it is spent to its end and never settled.</summary>
    public bool IsSealed => _sealed;

    /// <summary>Spends that were recorded and not yet settled, by slot.</summary>
    public IReadOnlyList<LabelCount> Records => Read(static (ref long count) => Volatile.Read(ref count));

    /// <summary>With fewer free tokens than this the next renewal begins. Negative: it does not begin by itself.</summary>
    public long RenewBelow { get; private set; } = -1;

    /// <summary>From this upper bound on the next renewal begins.</summary>
    public long RenewFrom { get; private set; } = long.MaxValue;

    /// <summary>True: almost spent, or almost over.</summary>
    public bool IsWorthRenewing(long upperBound) => Free < RenewBelow || upperBound >= RenewFrom;

    /// <summary>Says when the next renewal is to begin; before the lease is offered to requests.</summary>
    public void Renews(long below, long from) => (RenewBelow, RenewFrom) = (below, from);

    /// <summary>Tokens that were taken since the last call. The renewal's only.</summary>
    public long TakeUncounted()
    {
        var taken = _tokens - Free - _released;
        var uncounted = taken - _counted;
        _counted = taken;
        return uncounted;
    }

    /// <summary>
    /// Takes a token, then reads the clock once, then records. The order is the promise: a reading from before could be older than the
    /// grant of the token it spends.
    /// </summary>
    /// <param name="readUpperBound">Reads the upper bound of storage's time.</param>
    public bool TrySpend(Func<long> readUpperBound)
    {
        if (!TryTake())
        {
            return false;
        }

        var upperBound = readUpperBound();
        if (!Covers(upperBound))
        {
            Return();
            return false;
        }

        Record(upperBound);
        return true;
    }

    /// <summary>Step 1: takes a token out of the counter. Until it is recorded it stays at the label.</summary>
    public bool TryTake()
    {
        for (var free = Free; free > 0; free = Free)
        {
            if (Interlocked.CompareExchange(ref _free, free - 1, free) == free)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Step 2: true: a reading of the clock made after the token was taken admits, judged by its upper bound.</summary>
    public bool Covers(long upperBound) => upperBound < Terms.End;

    /// <summary>Step 3: records an admission in the slot of its reading's upper bound.</summary>
    public void Record(long upperBound)
    {
        // A slot too late is always safe: the token stays in the ring longer.
        var slot = Math.Clamp(Terms.Shape.SlotOf(upperBound), Terms.First, Terms.Label);
        Count(slot, 1);
    }

    /// <summary>Gives a token back that was taken and admitted nothing. Only to the lease that it came from.</summary>
    public void Return() => Interlocked.Increment(ref _free);

    /// <summary>Takes what a write will settle out of the lease: all free tokens but those kept, and all records.</summary>
    public Settlement Withdraw(long keep)
    {
        var free = Free;
        while (free > keep)
        {
            var found = Interlocked.CompareExchange(ref _free, keep, free);
            if (found == free)
            {
                break;
            }

            free = found;
        }

        var released = Math.Max(free - keep, 0);
        _released += released;
        return new(this, released, Read(static (ref long count) => Interlocked.Exchange(ref count, 0)));
    }

    /// <summary>The write was surely not made: puts back what was withdrawn for it.</summary>
    public void Restore(Settlement settlement)
    {
        foreach (var (slot, count) in settlement.Records)
        {
            Count(slot, count);
        }

        _released -= settlement.Released;
        Interlocked.Add(ref _free, settlement.Released);
    }

    /// <summary>Nobody knows whether the write was made: never settle again.</summary>
    public void Seal() => _sealed = true;

    // First the slot, then the count: whoever takes the count finds a slot that is late enough.
    private void Count(long slot, long count)
    {
        var cell = (slot - Terms.First) / _cellSlots;
        for (var latest = Volatile.Read(ref _latest[cell]); latest < slot; latest = Volatile.Read(ref _latest[cell]))
        {
            Interlocked.CompareExchange(ref _latest[cell], slot, latest);
        }

        Interlocked.Add(ref _records[cell], count);
    }

    private LabelCount[] Read(CountReader read)
    {
        var records = new List<LabelCount>();
        for (var at = 0; at < _records.Length; at++)
        {
            if (read(ref _records[at]) is > 0 and var count)
            {
                records.Add(new(Volatile.Read(ref _latest[at]), count));
            }
        }

        return [.. records];
    }

    private delegate long CountReader(ref long count);
}
