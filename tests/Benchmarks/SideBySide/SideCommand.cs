using System.Globalization;
using Benchmarks.SideBySide.Processes;
using Benchmarks.SideBySide.Report;
using Benchmarks.SideBySide.Surroundings;

namespace Benchmarks.SideBySide;

/// <summary>`scripts/bench side`: our gateway beside other proxies, all of them doing the same work.</summary>
internal static class SideCommand
{
    public static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var options = SideOptions.Parse(arguments);
        if (!OperatingSystem.IsLinux() || Environment.ProcessorCount < 2)
        {
            throw new BenchFailure("The proxies need a core of their own: this runs on Linux with two cores or more.");
        }

        await using var building = new SiteBuilding();
        var site = await building.BuildAsync(options, cancellation);
        await PinAsync(cancellation);
        var results = await new SideRun(site, new(site, building.Relay!, options.Plan), options).MeasureAsync(cancellation);
        var machine = await Machine.LookAsync(site, cancellation);
        Console.WriteLine();
        Console.WriteLine(CostTable.Of(results));
        Console.WriteLine(OperationsTable.Of(results));
        Console.WriteLine(BarTable.Of(results));
        if (!options.IsWhole)
        {
            Console.WriteLine("Not everything was measured, so that nothing was written.");
            return;
        }

        Directory.CreateDirectory(Clone.Results);
        await File.WriteAllTextAsync(Path.Combine(Clone.Results, "side-by-side.md"), SidePage.Of(results, options, machine), cancellation);
        await File.WriteAllTextAsync(Path.Combine(Clone.Results, "side-by-side.csv"), RoundList.Of(results), cancellation);
        Console.WriteLine("Written: tests/Benchmarks/results/side-by-side.md and .csv");
    }

    // From here on this process is one of those beside the proxies.
    private static Task<string> PinAsync(CancellationToken cancellation) =>
        Child.RunAsync("taskset", new("taskset", "-a", "-c", "-p", "1", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)), Core.Any, cancellation);
}
