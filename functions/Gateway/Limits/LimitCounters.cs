using System.Collections.Concurrent;

namespace Gateway.Limits;

/// <summary>
/// All counters of this process, by limit, shape and key: they outlive a reload. What a counter has forgotten by itself is
/// dropped little by little as new ones come; beyond the capacity the one that knows least of a few goes, so memory is bounded.
/// </summary>
internal sealed class LimitCounters(int capacity = 1_000_000)
{
    // Two are looked at for each one that comes: the dead are found faster than they can pile up.
    private const int SweptPerNew = 2;
    private const int Candidates = 16;

    private readonly ConcurrentDictionary<CounterKey, LimitCounter> _counters = new();
    private readonly List<KeyValuePair<CounterKey, LimitCounter>> _all = [];
    private readonly Lock _coming = new();
    private int _swept;
    private long _numbers;

    public int Count => _counters.Count;

    /// <summary>The counter of a charge. It may have been forgotten when it is locked; then ask again.</summary>
    public LimitCounter Find(LimitCharge charge, LimitInstant now)
    {
        var key = new CounterKey(charge.Limit, charge.Quota.Shape, charge.Key);
        return _counters.TryGetValue(key, out var counter) ? counter : Add(key, charge.Quota, now);
    }

    private LimitCounter Add(CounterKey key, LimitQuota quota, LimitInstant now)
    {
        lock (_coming)
        {
            if (_counters.TryGetValue(key, out var present))
            {
                return present;
            }

            for (var look = 0; look < SweptPerNew && _all.Count > 0; look++)
            {
                Forget(NextIndex(), now, heaviest: 0);
            }

            if (_all.Count >= capacity)
            {
                ForgetLightest(now);
            }

            var counter = quota.CreateCounter();
            counter.Number = ++_numbers;
            _all.Add(new(key, counter));
            _counters[key] = counter;
            return counter;
        }
    }

    private int NextIndex() => _swept = _swept + 1 < _all.Count ? _swept + 1 : 0;

    private void ForgetLightest(LimitInstant now)
    {
        var (lightest, weight) = (-1, long.MaxValue);
        for (var look = 0; look < Math.Min(Candidates, _all.Count); look++)
        {
            var index = NextIndex();
            var counter = _all[index].Value;
            lock (counter.Gate)
            {
                if (!counter.IsNew && counter.Weight(now) is { } known && (lightest < 0 || known < weight))
                {
                    (lightest, weight) = (index, known);
                }
            }
        }

        if (lightest >= 0)
        {
            Forget(lightest, now, long.MaxValue);
        }
    }

    private void Forget(int index, LimitInstant now, long heaviest)
    {
        var (key, counter) = _all[index];
        lock (counter.Gate)
        {
            if (counter.IsNew || !(counter.Weight(now) <= heaviest))
            {
                return;
            }

            counter.IsForgotten = true;
        }

        _counters.TryRemove(key, out _);
        _all[index] = _all[^1];
        _all.RemoveAt(_all.Count - 1);
    }

    private readonly record struct CounterKey(string Limit, string Shape, string Key);
}
