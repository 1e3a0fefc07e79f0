using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>All admissions of one limit's key over all processes, each at the true instant of the clock reading that admitted it.</summary>
/// <param name="changed">The same limit after a change.</param>
/// <param name="changesAt">The instant before which nobody knows of the change.</param>
/// <param name="holdsFrom">The instant from which on the change holds for every interval.</param>
internal sealed class Admissions(LimitCharge charge, LimitCharge changed, long changesAt, long holdsFrom)
{
    private readonly List<long> _instants = [];
    private readonly List<Stay> _stays = [];

    public int Count => _instants.Count;

    public void Add(long instant) => _instants.Add(instant);

    /// <summary>One that was in flight until now.</summary>
    public void Add(Stay stay) => _stays.Add(stay);

    /// <summary>How many were admitted in this interval.</summary>
    public int Between(long from, long to)
    {
        var count = 0;
        foreach (var instant in _instants)
        {
            count += instant >= from && instant < to ? 1 : 0;
        }

        return count;
    }

    /// <summary>How the promise was broken; null: it was kept.</summary>
    public string? Violation()
    {
        _instants.Sort();
        var violation = Violation(charge.Quota, long.MinValue, changesAt);
        if (violation is null && changed.Quota != charge.Quota)
        {
            violation = OverTheChange() ?? Violation(changed.Quota, holdsFrom, long.MaxValue);
        }

        return violation is null ? null : $"{charge.Limit}/{charge.Key}: {violation}";
    }

    // What holds all the time, whichever of the two a process goes by.
    private string? OverTheChange()
    {
        var loosest = LimitChange.Loosest(charge.Quota, changed.Quota);
        return loosest.Burst is { } burst
            ? Promises.Bucket(_instants, loosest.Window.Ticks, burst, charge.Quota.Count, changesAt, loosest.Count)
            : Violation(loosest, long.MinValue, long.MaxValue);
    }

    private string? Violation(LimitQuota quota, long from, long to)
    {
        var instants = _instants.FindAll(instant => instant >= from && instant < to);
        return quota.InFlight ? Promises.InFlight([.. _stays.Where(stay => stay.From >= from && stay.From < to).Select(stay => stay with { To = Math.Min(stay.To, to) })], quota.Count)
            : quota.Calendar is { } calendar ? Promises.Calendar(instants, quota.Count, calendar)
            : quota.Burst is { } burst ? Promises.Bucket(instants, quota.Count, quota.Window.Ticks, burst)
            : Promises.Rolling(instants, quota.Count, quota.Window.Ticks);
    }
}
