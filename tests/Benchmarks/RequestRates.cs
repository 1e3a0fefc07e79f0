using System.Globalization;
using System.Text;
using Gateway.Tests.Limits.Exact;
using Gateway.Tests.Limits.Simulation;
using Gateway.Tests.Limits.Simulation.Limiters;

namespace Benchmarks;

/// <summary>What one key costs storage, by how often it is asked for: the real code in the simulator of the tests.</summary>
internal static class RequestRates
{
    private const string Explanation = """
        ## Storage operations for one key

        Simulated, not timed: the real code, a table that answers in 4 to 15 ms, requests at random over all instances. Storage operations for each 1,000
        admitted requests, and for each second: reads, writes, lost races, and the writes by which a process learns the time, which keys would share. A
        counter that is kept in storage costs 2,000 and more, and refusals cost as much. *Italic*: more is asked for than the limit lets in.
        """;

    private static readonly double[] _perSecond = [0.1, 1, 10, 100, 1_000];
    private static readonly (long Count, int Seconds)[] _limits = [(100, 10), (600, 60), (60_000, 60)];

    public static string Simulate()
    {
        var table = new StringBuilder($"| limit | instances | {string.Join(" | ", _perSecond.Select(rate => $"{Text(rate)}/s"))} |\n|---|---|{string.Concat(_perSecond.Select(_ => "---|"))}");
        foreach (var (count, seconds) in _limits)
        {
            foreach (var instances in new[] { 1, 10 })
            {
                table.Append(CultureInfo.InvariantCulture, $"\n| {count:N0} per {seconds} s | {instances} | {string.Join(" | ", _perSecond.Select(rate => Cell(count, seconds, instances, rate)))} |");
            }
        }

        return $"{Explanation}\n\n{table}";
    }

    private static string Cell(long count, int seconds, int instances, double rate)
    {
        var result = Simulation.Run(
            new()
            {
                Seed = 1,
                Instances = instances,
                Duration = DurationOf(rate).Ticks,
                Kinds = [[ExactWorld.Rolling(count, TimeSpan.FromSeconds(seconds))]],
                Load = new() { PerSecond = rate },
            },
            ExactEngine.Create);
        if (result.Violations.Count > 0)
        {
            throw new InvalidOperationException(string.Join("; ", result.Violations));
        }

        var cell = $"{Text(result.Operations * 1_000.0 / result.Admitted)} ({Text(result.OperationsPerSecond)}/s)";
        Console.WriteLine($"{count} per {seconds} s, {instances} instances, {rate}/s: {cell}");
        return rate * seconds > count ? $"*{cell}*" : cell;
    }

    // Leases may last for ten minutes, and rare requests take long to be a number worth telling.
    private static TimeSpan DurationOf(double rate) => TimeSpan.FromSeconds(Math.Max(1_800 / rate, rate < 1_000 ? 1_200 : 300));

    private static string Text(double number) => number.ToString(number < 0.95 ? "0.0##" : number < 9.5 ? "0.#" : "#,0", CultureInfo.InvariantCulture);
}
