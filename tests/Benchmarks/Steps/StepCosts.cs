using System.Globalization;
using BenchmarkDotNet.Reports;

namespace Benchmarks;

/// <summary>Measures what each step of a request costs, and the whole way of a request without its sockets.</summary>
internal static class StepCosts
{
    private const string Explanation = """
        # What each step of a request costs

        Made by `scripts/bench steps`, which writes this page anew; nothing but this machine is used. Times are of a machine with two cores that were shared
        with other work: read them as orders of magnitude. Min is the quickest of 400 rounds, one that nobody disturbed. Bytes are exact, but for what is done
        now and then and spread over all requests (a lease is renewed, a record is read again). The gateway's promises on bytes are not held here but by
        `tests/Costs`, without what the compiler learns while a process runs: [its table](../../Costs/ceilings.md).

        One request at a time, one thread, one connection whose context is used again for each request, as servers do. There is no socket: services, tables
        and the issuer are in memory and answer at once. A *pipeline* is all of `GatewayPipeline`, forwarding by YARP included, to a service that answers with
        1 KiB; the caller is one of a hundred in turn and sends four header fields and the credential. Each request makes its access line, which the log
        drops; nobody listens to traces and metrics, except in the last row, where a listener takes all and keeps nothing. The limit is exact and never
        reached; its ledger is in memory.

        What is *not ours* is in the pipelines' figures too: the answer that stands in for a service's, and what YARP's forwarder takes with nothing of ours.
        """;

    public static string Measure()
    {
        var summary = ShortRuns.Of<StepBenchmark>(rounds: 400, milliseconds: 5);
        var machine = string.Join("; ", summary.HostEnvironmentInfo.ToFormattedString().Select(static line => line.Trim()));
        var rows = summary.Reports.ToDictionary(static report => report.BenchmarkCase.Parameters[nameof(StepBenchmark.Step)].ToString()!, Row);
        return $"{Explanation}\n\n{machine}\n\n| step | min | median | bytes |\n|---|---|---|---|\n{string.Join('\n', StepBenchmark.Steps.Select(step => rows[step]))}";
    }

    public static async Task WriteAsync(string results)
    {
        var path = Path.Combine(results, "steps.md");
        await File.WriteAllTextAsync(path, Measure() + "\n");
        Console.WriteLine($"Written: {path}");
    }

    private static string Row(BenchmarkReport report)
    {
        var times = report.ResultStatistics!;
        var bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
        return string.Create(CultureInfo.InvariantCulture, $"| {report.BenchmarkCase.Parameters[nameof(StepBenchmark.Step)]} | {Text(times.Min)} | {Text(times.Median)} | {bytes:N0} |");
    }

    private static string Text(double nanoseconds) => nanoseconds < 1_000
        ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0} ns")
        : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000:0.0} µs");
}
