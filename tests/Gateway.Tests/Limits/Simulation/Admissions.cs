using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>All admissions of one limit's key over all processes, each at the true instant of the clock reading that admitted it.</summary>
/// <param name="changed">The same limit after a change.</param>
/// <param name="holdsFrom">The instant from which on the change holds for every interval.</param>
internal sealed class Admissions(LimitCharge charge, LimitCharge changed, long holdsFrom)
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
        return Violation(LimitChange.Loosest(charge.Quota, changed.Quota), long.MinValue)
            ?? (changed.Quota == charge.Quota ? null : Violation(changed.Quota, holdsFrom));
    }

    private string? Violation(LimitQuota quota, long from)
    {
        var instants = from == long.MinValue ? _instants : _instants.FindAll(instant => instant >= from);
        var violation = quota.InFlight ? Promises.InFlight(_stays.FindAll(stay => stay.From >= from), quota.Count)
            : quota.Calendar is { } calendar ? Promises.Calendar(instants, quota.Count, calendar)
            : quota.Burst is { } burst ? Promises.Bucket(instants, quota.Count, quota.Window.Ticks, burst)
            : Promises.Rolling(instants, quota.Count, quota.Window.Ticks);
        return violation is null ? null : $"{charge.Limit}/{charge.Key}: {violation}";
    }
}
