using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;

namespace Benchmarks;

/// <summary>Measures what a request costs where memory is enough to decide it.</summary>
internal static class AdmitCosts
{
    private const string Explanation = """
        ## A request that memory decides

        One request at a time, one thread. The *admit step* takes a token, reads the machine's clock once, records the spend, decides whether to renew
        and says how the limit stands: the claim of 50 ns and 0 bytes is about it, and more than half of it is the clock. Tests assert the bytes, and
        that storage is not called. The *whole call* is what the gateway's stage calls: it also looks the account up by the caller's key, and makes the
        answer, an object. *Any of 100,000 keys* at random finds nothing in the processor's caches. The ratio is to a limit that is counted in this process
        alone. Min is the quickest of 100 rounds, one that nobody disturbed: the claim is about that. Means, and ratios of means, waver with the machine's
        other work.
        """;

    public static string Measure()
    {
        var output = new AccumulationLogger();
        var summary = ShortRuns.Of<AdmitBenchmark>(rounds: 100, milliseconds: 20);
        MarkdownExporter.GitHub.ExportToLog(summary, output);
        return $"{Explanation}\n\n{Plain(output.GetLog())}";
    }

    private static string Plain(string markdown) =>
        string.Join('\n', markdown.Trim().Replace("&#39;", "", StringComparison.Ordinal).Split('\n').Select(static line => line.TrimEnd()));
}
