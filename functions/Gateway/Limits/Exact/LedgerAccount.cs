using System.Globalization;
using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Limits.Exact;

/// <summary>
/// One limit of one key in this process: the leases that requests spend, and until when the caller is known to be over. Requests touch nothing
/// else; renewing is <see cref="Renewals"/>', one at a time.
/// </summary>
internal sealed class LedgerAccount(AccountKey key)
{
    private volatile Lease[] _leases = [];
    private long _deniedUntil = long.MinValue;
    private long _requests;
    private long _waiting;

    public AccountKey Key { get; } = key;

    /// <summary>The partition of its rows.</summary>
    public string Partition { get; } = LedgerAddress.Of(key.Limit, key.Kind, key.Key).PartitionKey;

    /// <summary>The row that this process takes from.</summary>
    public RowAddress Row => LedgerAddress.Of(Partition, Book.Shard);

    /// <summary>Shifts its slots, so that not all keys turn at once.</summary>
    public ulong Hash => ulong.Parse(Partition.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Held for moments only, never over a call.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Leases that may be spent, the older one first: at most two.</summary>
    public IReadOnlyList<Lease> Leases => _leases;

    /// <summary>The one renewal under way, or null.</summary>
    public Task<RenewalEnd>? Renewing { get; set; }

    /// <summary>What the renewal knows and requests do not need.</summary>
    public LedgerBook Book { get; } = new();

    /// <summary>What the limit said when it was asked last.</summary>
    public LimitQuota Quota { get; set; } = null!;

    /// <summary>Requests in flight. Under the gate.</summary>
    public PermitSet Permits { get; } = new();

    /// <summary>Somebody looks after what it holds. Under the gate.</summary>
    public bool IsKept { get; set; }

    /// <summary>True: what it holds does not come back by itself in a window's time, so that somebody has to give it back.</summary>
    public bool NeedsKeeper => Key.Kind is LedgerKind.InFlight or LedgerKind.Day or LedgerKind.Month;

    /// <summary>The process stops: leases are given back, and none is asked for.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>True: what is held is only to be settled: the process stops, or goes to another row.</summary>
    public bool GivesBack => IsLeaving || Book.NextShard is not null;

    /// <summary>True: there are leases to give back.</summary>
    public bool HoldsAnything
    {
        get
        {
            lock (Gate)
            {
                return _leases.Length + Book.Ended.Count > 0;
            }
        }
    }

    /// <summary>True: it must not be forgotten now.</summary>
    public bool IsBusy => Renewing is not null || Waiting > 0 || IsKept;

    /// <summary>When there is room for one more than now, in ticks of storage's time, as far as the row says.</summary>
    public long NextRoom { get; private set; } = long.MinValue;

    /// <summary>When the caller may be admitted again, in ticks of storage's time; not capped as <see cref="IsDenied"/> is.</summary>
    public long NextFree { get; private set; } = long.MinValue;

    /// <summary>Tokens that the row could have granted beside what this process holds, when it was written or read last.</summary>
    public long AvailableElsewhere { get; private set; }

    /// <summary>The local reading before which no renewal begins by itself: it would find nothing, or storage away.</summary>
    public long RestUntil { get; set; } = long.MinValue;

    /// <summary>The local reading before which nothing is asked at all: the row cannot be granted from.</summary>
    public long FaultyUntil { get; set; } = long.MinValue;

    /// <summary>The local reading of the last request.</summary>
    public long UsedAt { get; set; }

    public long Waiting => Volatile.Read(ref _waiting);

    /// <summary>Tokens that can be spent here.</summary>
    public long Free
    {
        get
        {
            var free = 0L;
            foreach (var lease in _leases)
            {
                free += lease.Free;
            }

            return free;
        }
    }

    /// <summary>Takes a token out of a lease. It is spent when the clock, read afterwards, says so, or goes back to that lease.</summary>
    public Lease? TryTake()
    {
        foreach (var lease in _leases)
        {
            if (lease.TryTake())
            {
                return lease;
            }
        }

        return null;
    }

    /// <summary>True: until then the ring cannot free a token.</summary>
    public bool IsDenied(long lowerBound) => lowerBound < Volatile.Read(ref _deniedUntil);

    public void CountRequest() => Interlocked.Increment(ref _requests);

    /// <summary>Requests since the last call, the refused ones included.</summary>
    public long TakeUncounted()
    {
        lock (Gate)
        {
            var count = Interlocked.Exchange(ref _requests, 0);
            if (Key.Kind is LedgerKind.InFlight)
            {
                // Permits come back, so that leases do not tell how often they were taken from.
                return count;
            }

            foreach (var lease in _leases)
            {
                count += lease.TakeUncounted();
            }

            foreach (var lease in Book.Ended)
            {
                count += lease.TakeUncounted();
            }

            return count;
        }
    }

    public void BeginWait() => Interlocked.Increment(ref _waiting);

    public void EndWait() => Interlocked.Decrement(ref _waiting);

    /// <summary>Nothing can be granted before.</summary>
    public void Deny(long until, long nextFree)
    {
        NextFree = nextFree;
        Volatile.Write(ref _deniedUntil, until);
    }

    public void Allow(long availableElsewhere, long nextRoom)
    {
        (AvailableElsewhere, NextRoom) = (availableElsewhere, nextRoom);
        Volatile.Write(ref _deniedUntil, long.MinValue);
    }

    /// <summary>Puts the leases of a renewal in place of those before.</summary>
    public void Hold(Lease[] leases) => _leases = leases;

    /// <summary>No lease that has ended is offered any more; what is left of it waits to be settled.</summary>
    public void Retire(long upperBound)
    {
        lock (Gate)
        {
            foreach (var ended in _leases)
            {
                if (!ended.Covers(upperBound))
                {
                    Book.Ended.Add(ended);
                }
            }

            _leases = [.. _leases.Where(lease => lease.Covers(upperBound))];
        }
    }

    /// <summary>How the limit stands for its caller, as far as this process knows.</summary>
    public LimitReading Read(LimitQuota quota, bool hadRoom, long lowerBound)
    {
        var remaining = hadRoom ? Math.Clamp(Free + AvailableElsewhere, 0, quota.Burst ?? quota.Count) : 0;
        if (quota.InFlight)
        {
            return new(hadRoom, remaining, null);
        }

        var next = (hadRoom ? NextRoom : NextFree) - lowerBound;
        // The bound that has to get there goes more slowly than the clock of whoever waits, until the time is learned again.
        var slower = (2 * Math.Min(next, Denial.Longest) / StorageClock.Drift) + 1;
        return new(hadRoom, remaining, TimeSpan.FromTicks(next > 0 ? next + slower : hadRoom ? quota.Window.Ticks : 0));
    }

    /// <summary>The write was made and permits that it moved count for this lease; null: it was not made, and they count where they did.</summary>
    public void Moved(Lease? lease)
    {
        lock (Gate)
        {
            Permits.Settle(lease);
        }
    }

    /// <summary>Nobody knows whether the write was made.</summary>
    public void Abandoned()
    {
        lock (Gate)
        {
            Permits.Abandon();
        }
    }

    /// <summary>Lets go of everything: what is held is lost until its labels have left the ring.</summary>
    public void Drop()
    {
        lock (Gate)
        {
            _leases = [];
            Book.Ended.Clear();
            Book.Forget();
            Deny(long.MinValue, long.MinValue);
        }
    }
}
