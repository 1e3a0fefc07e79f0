using System.Collections.Concurrent;
using Gateway.Tests.Limits.Simulation.Limiters;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>The promise of exact limits in many runs of their real code. SIMULATION_SEED runs one seed alone, SIMULATION_SEEDS another number of them.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public void NoSeed_BreaksAPromise()
    {
        var seeds = Environment.GetEnvironmentVariable("SIMULATION_SEED") is { } one
            ? [int.Parse(one, System.Globalization.CultureInfo.InvariantCulture)]
            : Enumerable.Range(0, int.Parse(Environment.GetEnvironmentVariable("SIMULATION_SEEDS") ?? "1000", System.Globalization.CultureInfo.InvariantCulture)).ToArray();
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
