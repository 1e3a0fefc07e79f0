using Gateway.Limits.Ledger;

namespace Gateway.Limits.Exact;

/// <summary>One request's try to take a token from every limit of its route.</summary>
internal sealed class Attempt
{
    private readonly IReadOnlyList<LimitCharge> _charges;
    private readonly LedgerAccount?[] _accounts;
    private readonly Lease?[] _taken;
    private readonly bool[] _isAway;
    private readonly bool[] _hadRoom;
    private List<int>? _local;

    public Attempt(IReadOnlyList<LimitCharge> charges, LedgerAccounts accounts)
    {
        _charges = charges;
        _accounts = new LedgerAccount?[charges.Count];
        _taken = new Lease?[charges.Count];
        _isAway = new bool[charges.Count];
        _hadRoom = new bool[charges.Count];
        for (var index = 0; index < charges.Count; index++)
        {
            if (charges[index].Quota.IsExact)
            {
                (_accounts[index] = accounts.Find(charges[index])).Quota = charges[index].Quota;
            }
        }
    }

    /// <summary>The first charge that has no token and may get one; null: none.</summary>
    public int? Lacking { get; private set; }

    /// <summary>The local reading that admits.</summary>
    public long Reading { get; set; }

    /// <summary>Its upper bound in storage's time.</summary>
    public long UpperBound { get; set; }

    /// <summary>True: the reading was behind the end of a lease.</summary>
    public bool IsOutOfTime { get; private set; }

    /// <summary>True: a limit has no room, or cannot be counted and rather refuses.</summary>
    public bool IsRefused => Any(IsRefusedBy);

    /// <summary>What is counted in this process: local limits, and those that admit while storage is away.</summary>
    public IReadOnlyList<LimitCharge> LocalCharges
    {
        get
        {
            _local = [.. Enumerable.Range(0, _charges.Count).Where(index => _accounts[index] is null || (_isAway[index] && _charges[index].Quota.AdmitsWhenAway))];
            return [.. _local.Select(index => _charges[index])];
        }
    }

    /// <summary>Accounts whose lease is almost spent or over.</summary>
    public IEnumerable<LedgerAccount> WorthRenewing =>
        from index in Enumerable.Range(0, _charges.Count)
        where _taken[index]?.IsWorthRenewing(UpperBound) == true
        select _accounts[index];

    public LedgerAccount AccountOf(int index) => _accounts[index]!;

    /// <summary>Storage is away for this one: it is decided without.</summary>
    public void GiveUp(int index) => _isAway[index] = true;

    /// <summary>Takes a token for each charge that is not known to be over. False: one is lacking, and all were returned.</summary>
    public bool TryTakeAll(long lowerBound)
    {
        (Lacking, IsOutOfTime) = (null, false);
        for (var index = 0; index < _charges.Count; index++)
        {
            if (_accounts[index] is not { } account || _isAway[index])
            {
                continue;
            }

            _taken[index] = account.TryTake();
            _hadRoom[index] = _taken[index] is not null;
            if (!_hadRoom[index] && !account.IsDenied(lowerBound))
            {
                Lacking = index;
                ReturnAll();
                return false;
            }
        }

        return true;
    }

    public bool CoversAll()
    {
        foreach (var lease in _taken)
        {
            IsOutOfTime |= lease is not null && !lease.Covers(UpperBound);
        }

        return !IsOutOfTime;
    }

    /// <summary>To the very leases that they came from.</summary>
    public void ReturnAll()
    {
        for (var index = 0; index < _taken.Length; index++)
        {
            _taken[index]?.Return();
            _taken[index] = null;
        }
    }

    public void RetireEnded()
    {
        foreach (var account in _accounts)
        {
            account?.Retire(UpperBound);
        }
    }

    /// <summary>Records the spends; permits stay taken until their request ends.</summary>
    public void Spend(LeaseKeeper keeper)
    {
        for (var index = 0; index < _taken.Length; index++)
        {
            if (_accounts[index] is not { } account)
            {
                continue;
            }

            account.UsedAt = Reading;
            if (_taken[index] is not { } lease)
            {
                account.CountRequest();
            }
            else if (_charges[index].Quota.InFlight)
            {
                account.CountRequest();
                (Permits ??= []).Add(keeper.Begin(account, lease));
            }
            else
            {
                lease.Record(UpperBound);
            }
        }
    }

    /// <summary>Permits that the request holds until it ends; null: none.</summary>
    public List<Permit>? Permits { get; private set; }

    public LimitVerdict Admitted(long lowerBound, LimitVerdict local) => new(true, Readings(lowerBound, local), Finish(local))
    {
        AdmittedAt = Reading,
        Lost = Lost(),
    };

    public LimitVerdict Refused(long lowerBound, LimitVerdict? local = null)
    {
        foreach (var account in _accounts)
        {
            account?.CountRequest();
        }

        return new(false, Readings(lowerBound, local)) { IsUnavailable = Any(index => _isAway[index] && IsRefusedBy(index)) };
    }

    private Task<Task>? Lost() => Permits is { } permits ? Task.WhenAny(permits.Select(permit => permit.Lost)) : null;

    private Action? Finish(LimitVerdict local)
    {
        if (Permits is not { } permits)
        {
            return local.Finish;
        }

        return () =>
        {
            local.Finish?.Invoke();
            permits.ForEach(static permit => permit.Finish());
        };
    }

    private bool IsRefusedBy(int index) => _accounts[index] is not null && !_charges[index].Shadow
        && (_isAway[index] ? !_charges[index].Quota.AdmitsWhenAway : _taken[index] is null);

    private LimitReading[] Readings(long lowerBound, LimitVerdict? local)
    {
        var readings = new LimitReading[_charges.Count];
        for (var index = 0; index < readings.Length; index++)
        {
            var place = _local?.IndexOf(index) ?? -1;
            readings[index] = place >= 0 && local is not null ? local.Readings[place]
                : _accounts[index] is { } account ? account.Read(_charges[index].Quota, _hadRoom[index], lowerBound) with { IsUnknown = _isAway[index] }
                : new(true, _charges[index].Quota.Count, null);
        }

        return readings;
    }

    private bool Any(Func<int, bool> condition)
    {
        for (var index = 0; index < _charges.Count; index++)
        {
            if (condition(index))
            {
                return true;
            }
        }

        return false;
    }
}
