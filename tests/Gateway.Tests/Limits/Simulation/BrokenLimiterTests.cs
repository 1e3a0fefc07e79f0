using Gateway.Limits;
using Gateway.Tests.Limits.Simulation.Limiters;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>That the simulator can find errors: limiters that are known to be wrong are caught, and the simplest right one is not.</summary>
public sealed class BrokenLimiterTests
{
    private static readonly LimitCharge _charge = Quotas.Rolling(20, TimeSpan.FromSeconds(1)).Charge();

    [Fact]
    public void OneLeasePerRequest_KeepsThePromise()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var result = Run(seed, (store, time, random, _) => new CasLimiter(store, time, random));

            Assert.Empty(result.Violations);
            Assert.True(result.Admitted > 20, $"{result}");
        }
    }

    [Fact]
    public void RecyclingByTheUpperBound_IsFound() => Find((store, time, random, _) => new CasLimiter(store, time, random, recyclesByUpperBound: true));

    [Fact]
    public void EachInstanceByItself_IsFound() => Find((_, time, _, _) => new LoneLimiter(time));

    private static void Find(LimiterFactory limiter) =>
        Assert.Contains(Enumerable.Range(0, 20).SelectMany(seed => Run(seed, limiter).Violations),
            violation => violation.Contains("21 admissions within", StringComparison.Ordinal));

    private static RunResult Run(int seed, LimiterFactory limiter) => Simulation.Run(
        new()
        {
            Seed = seed,
            Instances = 4,
            Duration = 5 * TimeSpan.TicksPerSecond,
            Kinds = [[_charge]],
            Load = new() { PerSecond = 100, Batch = 3 },
            Faults = new() { AnswerLost = 0.01, RequestLost = 0.01, RequestLate = 0.01, Slow = 0.1 },
            Churn = new() { CrashEvery = TimeSpan.TicksPerSecond, PauseEvery = TimeSpan.TicksPerSecond, LongestPause = TimeSpan.TicksPerSecond, LongestAbsence = TimeSpan.TicksPerSecond },
            Stalls = new(0.001, TimeSpan.TicksPerSecond),
        },
        limiter);
}
