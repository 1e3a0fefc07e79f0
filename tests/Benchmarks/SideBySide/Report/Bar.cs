using Benchmarks.SideBySide.Load;
using Benchmarks.SideBySide.Peers;
using Benchmarks.SideBySide.Rounds;

namespace Benchmarks.SideBySide.Report;

/// <summary>What we want to reach, and what was measured.</summary>
/// <param name="Measured">NaN: not here, or not in this run.</param>
internal sealed record Bar(string What, double AtMost, double Measured, string Unit)
{
    public string Wanted => $"≤ {Text(AtMost)}";

    public string Found => double.IsNaN(Measured) ? "not measured" : Text(Measured);

    public string Reached => double.IsNaN(Measured) ? "–" : Measured <= AtMost ? "yes" : "no";

    /// <summary>Every bar, of one of our forms.</summary>
    public static IReadOnlyList<Bar> All(Results results, Peer ours) =>
    [
        AgainstHaproxy(results, ours, Work.Plain, 1.6),
        AgainstHaproxy(results, ours, Work.Key, 1.75),
        AgainstHaproxy(results, ours, Work.EveryToken, 1.35),
        AgainstHaproxy(results, ours, Work.Token, 0.75),
        AgainstHaproxy(results, ours, Work.MutualTls, 2.0),
        .. results.Works.Select(work => new Bar($"{work.Name} against YARP's pipeline, CPU per request", 0.75, results.AgainstYarp(ours, work), "×")),
        new("B: first 10 s under load against the same process's steady state", 1.5, results.YoungAgainstSteady(ours), "×"),
        new("process start to the first authorised, limited, proxied 200", ours == Peer.Ours ? 60 : 200, results.FirstAnswerMilliseconds(ours), "ms"),
        new("memory under load (PSS)", 60, results.PssMiB(ours), "MiB"),
        new("bytes allocated per request by our own code, B (not by this bench: `scripts/bench steps`)", 512, double.NaN, "B"),
        new($"added latency at {OpenLoop.PerSecond}/s, p50, against HAProxy's", 1.3, AddedLatency(results, ours), "×"),
    ];

    /// <summary>What a proxy adds to the backend's own time, in ms.</summary>
    public static double Added(Results results, Peer peer) => results.LatencyOf(peer.Name) is { } proxied && results.LatencyOf(Results.Direct) is { } direct ? proxied.P50 - direct.P50 : double.NaN;

    private static double AddedLatency(Results results, Peer ours) => Added(results, ours) / Added(results, Peer.Haproxy);

    private static Bar AgainstHaproxy(Results results, Peer ours, Work work, double atMost) => new($"{work.Name} against HAProxy, CPU per request", atMost, results.AgainstHaproxy(ours, work), "×");

    private string Text(double figure) => Figure.Text(figure, figure < 10 ? "0.00" : "0", $" {Unit}");
}
