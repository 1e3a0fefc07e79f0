using System.Globalization;
using Benchmarks.Scale;
using Records;

namespace Benchmarks;

/// <summary>The page results/scale.md: the model's figures, and how far they are from the simulator's.</summary>
internal static class ScalePage
{
    private const string Introduction = """
        # Scale: what a fleet asks of storage, and what it costs

        Made by `scripts/bench scale`, which writes this page anew. Nothing of it was measured on Azure. Loads are worked out by a model of the gateway
        (`tests/Benchmarks/Scale`) which reads its constants from the code; the part of it that is about limits is compared with the simulator, which runs the real
        limiter over a table that answers in 4 to 15 ms. What it means is in [scale](../../../docs/scale.md).
        """;

    private const double HalfUsed = 2;
    private const double PlanLimit = 600;
    private const double PlanWindow = 60;

    private static readonly int[] _instances = [1, 10, 100, 1_000];
    private static readonly int[] _consumers = [1, 1_000, 100_000, 1_000_000];

    public static async Task WriteAsync()
    {
        var path = Path.Combine(Clone.Results, "scale.md");
        await File.WriteAllTextAsync(path, Make());
        Console.WriteLine($"Written: {path}");
    }

    private static string Make() => string.Join("\n\n", Introduction, ModelErrors.Make(), HotLimit.Make(), Fleets(), Ceilings(), Levers(), Costs(), Prices()) + "\n";

    /// <summary>Each consumer has 600 per minute, or twice its mean where that is more.</summary>
    private static Workload WorkOf(int instances, int consumers, double perInstance, double zipf)
    {
        var perSecond = instances * perInstance;
        return new()
        {
            Instances = instances,
            Consumers = consumers,
            PerSecond = perSecond,
            Zipf = zipf,
            Limit = Math.Max(PlanLimit, HalfUsed * perSecond / consumers * PlanWindow),
            Window = PlanWindow,
        };
    }

    private static string Fleets()
    {
        var rows =
            from zipf in new[] { 0.0, 1.0 }
            from consumers in _consumers
            where zipf == 0 || consumers > 1
            from instances in _instances
            select Fleet(WorkOf(instances, consumers, Wall.InstancePerSecond, zipf));
        return $"""
            ## Fleets at work

            {Wall.InstancePerSecond} requests a second at each instance (to plan with, not measured). Each consumer has one API key and an exact limit of 600 per 60 s, or of twice its mean where
            that is more. Operations in a second, by table; *worst* is the partition with most rows read and written in a second, of 2,000; *account* the share of its 20,000.
            Dollars are for a million requests at the gateway alone, without the access log.

            | consumers | ask | instances | requests/s | limits | keys, consumers | usage | mesh | all | for 1,000 requests | wait for a lease | worst partition | account | dollars |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
    }

    private static string Fleet(Workload work)
    {
        var model = StorageModel.Of(work);
        var wall = model.Tables.MaxBy(table => table.WorstPartition)!;
        return Row($"| {work.Consumers:N0} | {(work.Zipf > 0 ? "by Zipf" : "evenly")} | {work.Instances:N0} | {work.PerSecond:N0} | {Short(model[LedgerAddress.Table].Operations)} | {Short(model[KeyRecord.Table].Operations + model[ConsumerRecord.Table].Operations)} | {Short(model[KeyUseRecord.Table].Operations)} | {Short(model["trust"].Operations + model["peers"].Operations)} | {Short(model.Operations)} | {Short(model.Operations * 1_000 / work.PerSecond)} | {model.Waits / work.PerSecond:0.#%} | {Short(wall.WorstPartition)}, {wall.Table} | {model.Entities / Wall.AccountEntities:0.#%} | {Cost.Of(work, model).Total:0.00} |");
    }

    private static string Ceilings()
    {
        var rows =
            from zipf in new[] { 0.0, 1.0 }
            from consumers in _consumers
            where zipf == 0 || consumers > 1
            select Ceiling(consumers, zipf);
        return $"""
            ## The first wall of storage

            The same, with as many instances as it takes at {Wall.InstancePerSecond} requests a second each, until a partition has 2,000 rows a second or the account 20,000. A region gives a subscription {Wall.RegionInstances:N0} instances.

            | consumers | ask | requests/s | instances | first wall |
            |---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
    }

    private static string Ceiling(int consumers, double zipf)
    {
        const int Most = 100_000;
        var (low, high) = (1, Most);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Nearest(middle).Used >= 1 ? (low, middle) : (middle + 1, high);
        }

        return Row($"| {consumers:N0} | {(zipf > 0 ? "by Zipf" : "evenly")} | {low * Wall.InstancePerSecond:N0} | {low:N0} | {Nearest(low).Name} |");

        Wall Nearest(int instances)
        {
            var work = WorkOf(instances, consumers, Wall.InstancePerSecond, zipf);
            return Wall.OfStorage(work, StorageModel.Of(work));
        }
    }

    private static string Levers()
    {
        var work = WorkOf(100, 1_000, Wall.InstancePerSecond, 1);
        return $"""
            ## What moves it

            10,000 requests a second of 1,000 consumers by Zipf's law on 100 instances, and one thing changed at a time. Operations in a second; dollars of storage alone for a million requests.

            | | limits | keys, consumers | all | for 1,000 requests | account | storage dollars |
            |---|---|---|---|---|---|---|
            {Lever("as it is: 1,200 per 60 s each", work)}
            {Lever("on 10 instances", work with { Instances = 10 })}
            {Lever("on 1,000 instances", work with { Instances = 1_000 })}
            {Lever("limits of 72,000 per 3,600 s", work with { Limit = 60 * work.Limit, Window = 3_600 })}
            {Lever("limits ten times as high", work with { Limit = 10 * work.Limit })}
            {Lever("limits of 200 per 10 s", work with { Limit = work.Limit / 6, Window = 10 })}
            {Lever("mode: local", work, isLocal: true)}
            {Lever("1,000,000 consumers", work with { Consumers = 1_000_000 })}
            {Lever("1,000,000 consumers, mode: local", work with { Consumers = 1_000_000 }, isLocal: true)}
            """;
    }

    private static string Lever(string what, Workload work, bool isLocal = false)
    {
        var exact = StorageModel.Of(work);
        var model = isLocal ? exact with { Tables = [.. exact.Tables.Where(static table => table.Table != LedgerAddress.Table)] } : exact;
        var limits = isLocal ? 0 : model[LedgerAddress.Table].Operations;
        return Row($"| {what} | {Short(limits)} | {Short(model[KeyRecord.Table].Operations + model[ConsumerRecord.Table].Operations)} | {Short(model.Operations)} | {Short(model.Operations * 1_000 / work.PerSecond)} | {model.Entities / Wall.AccountEntities:0.#%} | {Cost.Of(work, model).Storage:0.000} |");
    }

    private static string Costs()
    {
        var rows =
            from perInstance in new[] { 0.1, 1, 10, 100 }
            from consumers in new[] { 1_000, 1_000_000 }
            let work = WorkOf(10, consumers, perInstance, 1)
            let cost = Cost.Of(work, StorageModel.Of(work))
            select Row($"| {perInstance} | {consumers:N0} | {cost.Executions:0.00} | {cost.Memory:0.00} | {cost.Storage:0.000} | {cost.Spans:0.00} | **{cost.Total:0.00}** | {cost.AccessLog:0.00} |");
        return $"""
            ## Dollars for a million requests

            Ten instances of 512 MB, consumers by Zipf's law, the gateway alone, without the free grant. What is paid for besides work: each instance follows releases and the mesh while it is up.

            | requests/s at each instance | consumers | executions | GB-seconds | storage | traces | together | and with the access log sent |
            |---|---|---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
    }

    private static string Prices() => $"""
        ## Prices

        US dollars, of a region like East US: assumptions of November 2026 from the sources beside them, from no bill. A span or a line counts as {Cost.BytesOfRecord:N0} bytes, an assumption too.

        | for | dollars | source |
        |---|---|---|
        {string.Join('\n', Price.All.Select(static price => Row($"| {price.What} | {price.Listed:0.00#} | {price.Source} |")))}
        """;

    private static string Row(FormattableString row) => row.ToString(CultureInfo.InvariantCulture);

    private static string Short(double number) => number.ToString(number < 0.95 ? "0.0##" : number < 9.5 ? "0.#" : "#,0", CultureInfo.InvariantCulture);
}
