using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>All admissions of one limit's key over all processes, each at the true instant of the clock reading that admitted it.</summary>
internal sealed class Admissions(LimitCharge charge)
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
        var quota = charge.Quota;
        var violation = quota.InFlight ? Promises.InFlight(_stays, quota.Count)
            : quota.Calendar is { } calendar ? Promises.Calendar(_instants, quota.Count, calendar)
            : quota.Burst is { } burst ? Promises.Bucket(_instants, quota.Count, quota.Window.Ticks, burst)
            : Promises.Rolling(_instants, quota.Count, quota.Window.Ticks);
        return violation is null ? null : $"{charge.Limit}/{charge.Key}: {violation}";
    }
}
