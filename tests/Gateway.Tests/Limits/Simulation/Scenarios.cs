using Gateway.Limits;
using Gateway.Limits.Ledger;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>Draws a scenario from a seed: any limits, any load, any faults, as much of each as a short run can hold.</summary>
internal sealed class Scenarios
{
    // What a run may cost: requests and renewals.
    private const int MostRequests = 1_500;
    private const int MostRenewals = 700;

    private readonly Random _random;
    private readonly int _seed;

    private Scenarios(int seed) => (_seed, _random) = (seed, new(seed));

    public static Scenario Of(int seed) => new Scenarios(seed).Draw();

    private Scenario Draw()
    {
        var limits = new LimitDraw(_random);
        LimitQuota[] quotas = [.. Enumerable.Range(0, _random.Next(5) == 0 ? _random.Next(2, 4) : 1).Select(_ => limits.Any())];
        var first = quotas[0];
        var instances = _random.Next(3) == 0 ? _random.Next(5, 21) : _random.Next(1, 5);
        var window = WindowOf(first);
        var duration = Math.Min((long)(window * (1.2 + (_random.NextDouble() * 4))), Affordable(first, instances));
        var perWindow = first.Count * Pick(0.3, 0.9, 1.5, 3, 10);
        var requests = Math.Clamp(perWindow * duration / window, 20, MostRequests);
        var kinds = KindsOf(quotas);
        return new()
        {
            Seed = _seed,
            Instances = instances,
            Start = StartOf(first, duration),
            Duration = duration,
            Kinds = kinds,
            Change = OneIn(5) ? ChangeOf(kinds, duration) : null,
            Shards = OneIn(5) ? _random.Next(2, 7) : 1,
            Load = new()
            {
                PerSecond = requests / duration * TimeSpan.TicksPerSecond,
                Batch = OneIn(2) ? _random.Next(2, 20) : 1,
                IsSkewed = OneIn(2),
                Impatient = OneIn(4) ? 0.1 : 0,
                Longest = (long)Math.Max(Pick(0.01, 0.1, 1, 2) * window, TimeSpan.TicksPerMillisecond),
            },
            Faults = FaultsOf(window, duration),
            Churn = ChurnOf(window, duration),
            Stalls = OneIn(3) ? new(Pick(0.001, 0.005), (long)(window * Pick(0.1, 0.5, 1.5))) : default,
        };
    }

    // Of several limits or keys the promise of each is checked.
    private LimitCharge[][] KindsOf(LimitQuota[] quotas)
    {
        var keys = OneIn(4) ? _random.Next(2, 5) : 1;
        return [.. Enumerable.Range(0, keys).Select(key =>
            quotas.Select((quota, index) => quota.Charge($"limit{index}", index == 0 ? $"key{key}" : "key", shadow: index > 0 && OneIn(6))).ToArray())];
    }

    private LimitChange ChangeOf(LimitCharge[][] kinds, long duration)
    {
        var changed = kinds[0].Select(charge => Changed(charge.Quota)).ToArray();
        return new(
            _random.NextInt64(duration / 2),
            _random.NextInt64(duration / 4),
            [.. kinds.Select(charges => charges.Select((charge, index) => charge with { Quota = changed[index] }).ToArray())]);
    }

    private LimitQuota Changed(LimitQuota quota)
    {
        var count = Math.Max((long)(quota.Count * Pick(0.3, 0.7, 1, 1.5, 3)), 1);
        return quota with
        {
            Count = count,
            Burst = quota.Burst is null ? null : Slots.Earned(count, quota.Window) + 1 + _random.NextInt64(count + 1),
            Window = quota.Burst is null ? quota.Window * Pick(0.5, 1, 1, 2) : quota.Window,
            Revision = quota.Revision + 1,
        };
    }

    private StoreFaults FaultsOf(long window, long duration)
    {
        var most = Pick(0, 0.01, 0.03, 0.15);
        return new()
        {
            AnswerLost = _random.NextDouble() * most,
            RequestLost = _random.NextDouble() * most,
            RequestLate = _random.NextDouble() * most,
            Slow = _random.NextDouble() * most,
            Latest = Math.Min(2 * window, 10 * TimeSpan.TicksPerMinute),
            Outages = [.. Enumerable.Range(0, OneIn(4) ? _random.Next(1, 3) : 0).Select(_ => OutageOf(duration))],
        };
    }

    private Outage OutageOf(long duration)
    {
        var from = _random.NextInt64(duration);
        return new(from, from + _random.NextInt64(duration / 2), OneIn(2), OneIn(2));
    }

    private Churn ChurnOf(long window, long duration) => new()
    {
        CrashEvery = OneIn(3) ? duration / _random.Next(1, 8) : 0,
        ShutDownEvery = OneIn(4) ? duration / _random.Next(1, 8) : 0,
        PauseEvery = OneIn(3) ? duration / _random.Next(1, 8) : 0,
        LongestPause = (long)(window * Pick(0.1, 0.5, 2)) + 1,
        LongestAbsence = window / 4,
    };

    // Around midnight, where the promise is about days.
    private long StartOf(LimitQuota quota, long duration) => new DateTime(2026, 3, 28).AddDays(_random.Next(300)).Ticks
        + (quota.Calendar is null ? _random.NextInt64(TimeSpan.TicksPerDay) : (quota.Calendar.Around(new DateTime(2026, 6, 1).Ticks).Start % TimeSpan.TicksPerDay) - _random.NextInt64(duration));

    private static long WindowOf(LimitQuota quota) => quota.InFlight ? 40 * TimeSpan.TicksPerSecond
        : quota.Calendar is not null ? 30 * TimeSpan.TicksPerSecond
        : quota.Window.Ticks;

    // Near the limit each instance renews once in one or two slots, or once a minute.
    private static long Affordable(LimitQuota quota, int instances)
    {
        var slot = quota.Burst is null && quota.Window > TimeSpan.Zero ? Slots.Of(quota.Window, 0).SlotTicks : TimeSpan.TicksPerSecond / 2;
        return Math.Max(Math.Min(slot * 3 / 2, TimeSpan.TicksPerMinute) * MostRenewals / instances, 2 * TimeSpan.TicksPerSecond);
    }

    private bool OneIn(int number) => _random.Next(number) == 0;

    private double Pick(params ReadOnlySpan<double> values) => values[_random.Next(values.Length)];
}
