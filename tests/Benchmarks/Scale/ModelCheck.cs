using Gateway.Limits;
using Gateway.Tests.Limits.Simulation;
using Gateway.Tests.Limits.Simulation.Limiters;
using Records;

namespace Benchmarks.Scale;

/// <summary>One workload, by the model and by the simulator, which runs the real limiter. Storage operations of limits in a second.</summary>
/// <param name="Work">The workload; its consumers ask equally often.</param>
/// <param name="Modelled">As the model has it.</param>
/// <param name="Simulated">As the simulator counts them, after a while.</param>
internal sealed record ModelCheck(Workload Work, double Modelled, double Simulated)
{
    /// <summary>How many times one is the other, whichever is more.</summary>
    public double Factor => Math.Max(Modelled / Simulated, Simulated / Modelled);

    /// <param name="work">The workload.</param>
    /// <param name="settles">Seconds that do not count: leases grow to minutes in as many.</param>
    /// <param name="counts">Seconds that do.</param>
    public static ModelCheck Of(Workload work, double settles, double counts)
    {
        // The same seed runs the same way, so that the longer run begins with the shorter one.
        var (before, all) = (Operations(work, settles), Operations(work, settles + counts));
        return new(work, StorageModel.Of(work)[LedgerAddress.Table].Operations, Math.Max(all - before, 1) / counts);
    }

    private static long Operations(Workload work, double seconds)
    {
        var result = Simulation.Run(ScenarioOf(work, seconds), ExactEngine.Create);
        return result.Violations.Count == 0 ? result.Operations : throw new InvalidOperationException(string.Join("; ", result.Violations));
    }

    private static Scenario ScenarioOf(Workload work, double seconds)
    {
        var quota = new LimitQuota { Count = (long)work.Limit, Window = TimeSpan.FromSeconds(work.Window), IsExact = true };
        return new()
        {
            Seed = 1,
            Instances = work.Instances,
            Duration = TimeSpan.FromSeconds(seconds).Ticks,
            Kinds = [.. Enumerable.Range(0, work.Consumers).Select(consumer => new[] { new LimitCharge("l", quota, $"consumer:{consumer}", Shadow: false) })],
            Load = new() { PerSecond = work.PerSecond },
        };
    }
}
