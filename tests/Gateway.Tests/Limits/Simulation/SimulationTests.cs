using System.Collections.Concurrent;
using Gateway.Tests.Limits.Simulation.Limiters;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>The promise of exact limits in many runs of their real code. SIMULATION_SEED runs one seed alone, SIMULATION_SEEDS another number of them.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public void AThousandProcesses_BreakNoPromise()
    {
        var broken = new ConcurrentBag<string>();

        Parallel.ForEach(Enumerable.Range(0, 20), seed =>
        {
            var result = Simulation.Run(Crowd(seed), ExactEngine.Create);
            if (result.Violations.Count > 0 || result.Admitted == 0)
            {
                broken.Add($"seed {seed}: {string.Join("; ", result.Violations.Distinct().Take(3))} ({result})");
            }
        });

        Assert.True(broken.IsEmpty, string.Join('\n', broken));
    }

    [Fact]
    public void Seed_RunTwice_RunsTheSame()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            Assert.Equal(Simulation.Run(Scenarios.Of(seed), ExactEngine.Create).ToString(), Simulation.Run(Scenarios.Of(seed), ExactEngine.Create).ToString());
        }
    }

    private static Scenario Crowd(int seed) => new()
    {
        Seed = seed,
        Instances = 1_000,
        Duration = 15 * TimeSpan.TicksPerSecond,
        Kinds = [[(Quotas.Rolling(5_000, TimeSpan.FromSeconds(10)) with { IsExact = true }).Charge()]],
        Load = new() { PerSecond = 1_000 },
        Faults = StoreFaults.None with { AnswerLost = 0.01, RequestLost = 0.01, RequestLate = 0.01 },
        Churn = new() { CrashEvery = TimeSpan.TicksPerSecond / 5 },
    };

    [Fact]
    public void NoSeed_BreaksAPromise()
    {
        var seeds = Environment.GetEnvironmentVariable("SIMULATION_SEED") is { } one
            ? [int.Parse(one, System.Globalization.CultureInfo.InvariantCulture)]
            : Enumerable.Range(0, int.Parse(Environment.GetEnvironmentVariable("SIMULATION_SEEDS") ?? "10000", System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var broken = new ConcurrentBag<string>();
        var results = new ConcurrentBag<RunResult>();

        Parallel.ForEach(seeds, seed =>
        {
            var result = Simulation.Run(Scenarios.Of(seed), ExactEngine.Create);
            results.Add(result);
            if (result.Violations.Count > 0)
            {
                broken.Add($"seed {seed}: {string.Join("; ", result.Violations.Distinct().Take(3))} ({result.Scenario}; {result})");
            }
        });

        output.WriteLine(FormattableString.Invariant($"{results.Count} runs, {results.Sum(result => result.Admitted)} admitted, {results.Sum(result => result.Refused)} refused, {results.Sum(result => result.Operations)} operations, {results.Sum(result => result.Events)} events"));
        Assert.True(broken.IsEmpty, $"{string.Join('\n', broken.Take(60))}\nReplay with SIMULATION_SEED=…");
    }
}
