using System.Globalization;
using Benchmarks.Scale;
using Gateway.Tests.Limits.Exact;
using Gateway.Tests.Limits.Simulation;
using Gateway.Tests.Limits.Simulation.Limiters;

namespace Benchmarks;

/// <summary>One limit that all instances share: its rows are one partition, whatever is done.</summary>
internal static class HotLimit
{
    private const string Explanation = """
        ## One limit over a fleet

        Simulated, with the real limiter, from the second minute or window on: one key, a load of half the limit and of twice the limit. Rows of its one partition that are read and written in a second
        (the service gives about 2,000; the simulator gives any number), the model's number in brackets; *503*: requests that were answered `limiter-unavailable` with storage in good health, because
        others were quicker for a second.
        """;

    private static readonly int[] _instances = [10, 30, 100, 300, 1_000];
    private static readonly (long Count, int Seconds)[] _limits = [(1_000, 1), (10_000, 10), (60_000, 60)];

    public static string Make()
    {
        var rows = new string[_limits.Length * 2];
        Parallel.For(0, rows.Length, row => rows[row] = Row(_limits[row / 2], row % 2 == 0 ? 0.5 : 2));
        return $"{Explanation}\n\n| limit | load | {string.Join(" | ", _instances.Select(instances => string.Create(CultureInfo.InvariantCulture, $"{instances:N0} instances")))} |\n|---|---|{string.Concat(_instances.Select(static _ => "---|"))}\n{string.Join('\n', rows)}";
    }

    private static string Row((long Count, int Seconds) limit, double load) => string.Create(CultureInfo.InvariantCulture,
        $"| {limit.Count:N0} per {limit.Seconds} s | {limit.Count * load / limit.Seconds:N0}/s | {string.Join(" | ", _instances.Select(instances => Cell(limit, load, instances)))} |");

    private static string Cell((long Count, int Seconds) limit, double load, int instances)
    {
        var perSecond = limit.Count * load / limit.Seconds;
        var settles = Math.Clamp(2 * limit.Seconds, 20, 120);
        var (before, all) = (Run(limit, perSecond, instances, settles), Run(limit, perSecond, instances, 2 * settles));
        var asked = all.Admitted + all.Refused - before.Admitted - before.Refused;
        var model = StorageModel.Of(new() { Instances = instances, Consumers = 1, PerSecond = perSecond, Limit = limit.Count, Window = limit.Seconds });
        return string.Create(CultureInfo.InvariantCulture,
            $"{(all.Entities - before.Entities) / (double)settles:N0} ({model.Limits.Entities:N0}); {(all.Unavailable - before.Unavailable) / (double)asked:0.##%}");
    }

    private static RunResult Run((long Count, int Seconds) limit, double perSecond, int instances, int seconds) => Simulation.Run(
        new()
        {
            Seed = 1,
            Instances = instances,
            Duration = TimeSpan.FromSeconds(seconds).Ticks,
            Kinds = [[ExactWorld.Rolling(limit.Count, TimeSpan.FromSeconds(limit.Seconds))]],
            Load = new() { PerSecond = perSecond },
        },
        ExactEngine.Create);
}
