using Benchmarks.SideBySide.Rounds;

namespace Benchmarks.SideBySide.Report;

/// <summary>Latencies at a fixed rate, and what each proxy adds.</summary>
internal static class LatencyTable
{
    public static string Of(Results results)
    {
        List<IReadOnlyList<string>> rows = [["ms", "p50", "p99", "p99.9", "added at p50"]];
        foreach (var name in results.Peers.Select(static peer => peer.Name).Prepend(Results.Direct))
        {
            if (results.LatencyOf(name) is { } latency)
            {
                var peer = results.Peers.FirstOrDefault(peer => peer.Name == name);
                rows.Add([name, Text(latency.P50), Text(latency.P99), Text(latency.P999), peer is null ? "" : Text(Bar.Added(results, peer))]);
            }
        }

        return TableText.Of(rows);
    }

    private static string Text(double milliseconds) => Figure.Text(milliseconds, "0.000");
}
