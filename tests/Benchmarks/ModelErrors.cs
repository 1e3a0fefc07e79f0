using System.Collections.Concurrent;
using System.Globalization;
using Benchmarks.Scale;

namespace Benchmarks;

/// <summary>How far the model of limits is from the simulator.</summary>
internal static class ModelErrors
{
    public static string Make()
    {
        var checks = new ConcurrentBag<ModelCheck>();
        Parallel.ForEach(ModelGrid.All, work => checks.Add(ModelGrid.Check(work)));
        var (below, saturated) = (checks.Where(check => !IsSaturated(check.Work)), checks.Where(check => IsSaturated(check.Work)));
        return $"""
            ## Model and simulator

            Storage operations of limits in a second, once leases have grown: {ModelGrid.Limits}, 1 to 100 instances, 1 to 1,000 consumers. *Apart*: how many times one is the other, whichever is more.

            | | workloads | median apart | nine of ten within | most |
            |---|---|---|---|---|
            {Errors("less is asked for than the limit lets in", below)}
            {Errors("as much or more", saturated)}

            600 per 60 s of one consumer; operations in a second, model / simulator:

            | requests/s | {string.Join(" | ", ModelGrid.Instances.Select(instances => $"{instances} instances"))} |
            |---|{string.Concat(ModelGrid.Instances.Select(static _ => "---|"))}
            {string.Join('\n', checks.Where(static check => check.Work is { Consumers: 1, Limit: 600 }).GroupBy(static check => check.Work.PerSecond).OrderBy(static row => row.Key).Select(Row))}
            """;
    }

    private static bool IsSaturated(Workload work) => new LeasePlan(work.Limit, work.Window, work.Instances, work.PerSecond / work.Consumers / work.Instances).IsSaturated;

    private static string Errors(string what, IEnumerable<ModelCheck> checks)
    {
        var factors = checks.Select(static check => check.Factor).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"| {what} | {factors.Count} | {factors[factors.Count / 2]:0.00} | {factors[factors.Count * 9 / 10]:0.00} | {factors[^1]:0.00} |");
    }

    private static string Row(IGrouping<double, ModelCheck> row) => string.Create(CultureInfo.InvariantCulture,
        $"| {row.Key} | {string.Join(" | ", row.OrderBy(static check => check.Work.Instances).Select(static check => string.Create(CultureInfo.InvariantCulture, $"{check.Modelled:0.0##} / {check.Simulated:0.0##}")))} |");
}
