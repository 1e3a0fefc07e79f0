using Gateway.Limits.Ledger;

namespace Gateway.Limits.Exact;

/// <summary>The requests in flight of one account. All of it is used under the account's gate.</summary>
internal sealed class PermitSet
{
    private readonly HashSet<Permit> _permits = [];

    public int Count => _permits.Count;

    /// <summary>The leases whose labels they have.</summary>
    public IEnumerable<Lease> Leases => _permits.Select(permit => permit.Lease).Distinct();

    /// <summary>When the first of their labels passes; the longest number where there is none.</summary>
    public long EarliestLabelEnd
    {
        get
        {
            var earliest = long.MaxValue;
            foreach (var permit in _permits)
            {
                earliest = Math.Min(earliest, permit.Lease.Terms.LabelEnd);
            }

            return earliest;
        }
    }

    public void Add(Permit permit) => _permits.Add(permit);

    public bool Remove(Permit permit) => _permits.Remove(permit);

    /// <summary>True: none of them has this lease's label.</summary>
    public bool HaveLeft(Lease lease) => _permits.All(permit => permit.Lease != lease);

    /// <summary>
    /// A write in this slot is to give the permits of this lease a later label; so many there are. Where theirs is as late they keep it: nobody
    /// would end them in time if it became an earlier one.
    /// </summary>
    public long Move(Lease lease, long slot)
    {
        var moved = 0L;
        if (lease.Terms.Label >= slot + Slots.GraceOfPermits)
        {
            return moved;
        }

        foreach (var permit in _permits)
        {
            if (permit.Lease == lease)
            {
                permit.IsMoving = true;
                moved++;
            }
        }

        return moved;
    }

    /// <summary>Those that were to move count for this lease now; null: they count where they did.</summary>
    public void Settle(Lease? lease)
    {
        foreach (var permit in Moving())
        {
            permit.Settle(lease ?? permit.Lease);
        }
    }

    /// <summary>Nobody knows where those count that were to move.</summary>
    public void Abandon()
    {
        foreach (var permit in Moving())
        {
            permit.Abandon();
        }
    }

    /// <summary>Takes out those whose labels have passed by then.</summary>
    public IReadOnlyList<Permit> TakeOutlived(long then)
    {
        var outlived = _permits.Where(permit => permit.Lease.Terms.LabelEnd <= then).ToList();
        _permits.ExceptWith(outlived);
        return outlived;
    }

    private List<Permit> Moving() => [.. _permits.Where(permit => permit.IsMoving)];
}
