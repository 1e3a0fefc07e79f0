using System.Collections.Concurrent;
using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Limits.Exact;

/// <summary>
/// The accounts of this process. There is room for so many; beyond, the one that was used longest ago of a few goes. That costs its tokens, never
/// the promise: to the ledger it is as if this process had crashed.
/// </summary>
internal sealed class LedgerAccounts
{
    /// <summary>Most accounts that are kept.</summary>
    public const int Capacity = 100_000;

    // Two are looked at for each one that comes: the idle are found faster than they can pile up.
    private const int SweptPerNew = 2;
    private const int Candidates = 16;

    private readonly ConcurrentDictionary<AccountKey, LedgerAccount> _accounts = new();
    private readonly List<LedgerAccount> _all = [];
    private readonly Lock _coming = new();
    private readonly ILedgerStore _store;
    private readonly StorageClock _clock;
    private readonly LedgerMetrics _metrics;
    private readonly int _capacity;
    private int _swept;

    public LedgerAccounts(ILedgerStore store, StorageClock clock, LedgerMetrics metrics, int capacity = Capacity)
    {
        (_store, _clock, _metrics, _capacity) = (store, clock, metrics, capacity);
        clock.Mistaken += DropAll;
    }

    public int Count => _accounts.Count;

    /// <summary>All accounts at this moment.</summary>
    public IReadOnlyList<LedgerAccount> All()
    {
        lock (_coming)
        {
            return [.. _all];
        }
    }

    /// <summary>The account of a charge.</summary>
    public LedgerAccount Find(in LimitCharge charge)
    {
        var key = new AccountKey(charge.Limit, charge.Quota.Kind, charge.Key);
        return _accounts.TryGetValue(key, out var account) ? account : Add(key, charge.Quota);
    }

    private LedgerAccount Add(AccountKey key, LimitQuota quota)
    {
        var mine = new LedgerAccount(key) { Quota = quota, UsedAt = _clock.Local };
        lock (_coming)
        {
            if (_accounts.TryGetValue(key, out var present))
            {
                return present;
            }

            for (var look = 0; look < SweptPerNew && _all.Count > 0; look++)
            {
                _swept = (_swept + 1) % _all.Count;
                if (IsIdle(_all[_swept]))
                {
                    Forget(_swept);
                }
            }

            if (_all.Count >= _capacity)
            {
                ForgetOldest();
            }

            _all.Add(mine);
            _accounts[key] = mine;
            return mine;
        }
    }

    private void ForgetOldest()
    {
        var oldest = -1;
        for (var look = 0; look < Math.Min(Candidates, _all.Count); look++)
        {
            _swept = (_swept + 1) % _all.Count;
            if (!_all[_swept].IsBusy && (oldest < 0 || _all[_swept].UsedAt < _all[oldest].UsedAt))
            {
                oldest = _swept;
            }
        }

        if (oldest >= 0)
        {
            Forget(oldest);
        }
    }

    // Nothing held, nothing under way, and its row says nothing that a new one would not say.
    private bool IsIdle(LedgerAccount account)
    {
        if (account.IsBusy || _clock.Local - account.UsedAt <= account.Quota.Window.Ticks + TimeSpan.TicksPerMinute)
        {
            return false;
        }

        account.Retire(_clock.UpperAt(_clock.Local));
        return account.Leases.Count == 0;
    }

    private void Forget(int index)
    {
        var account = _all[index];
        _all[index] = _all[^1];
        _all.RemoveAt(_all.Count - 1);
        _accounts.TryRemove(account.Key, out _);
        _metrics.Wasted(account.Key.Limit, account.Free);
        if (account.Book is { Row: { } row, ETag: { } etag, Shards: 1 } && _clock.Bounds is { } now && row.IsSpent(SlotLedger.CommitSlot(row, now)))
        {
            _ = _store.TryRemoveAsync(LedgerAddress.Of(account.Partition, 0), etag);
        }
    }

    private void DropAll()
    {
        foreach (var account in All())
        {
            _metrics.Wasted(account.Key.Limit, account.Free);
            account.Drop();
        }
    }
}
