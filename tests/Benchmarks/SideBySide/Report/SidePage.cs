using System.Globalization;
using Benchmarks.SideBySide.Load;
using Benchmarks.SideBySide.Rounds;

namespace Benchmarks.SideBySide.Report;

/// <summary>The page that a whole run is told on.</summary>
internal static class SidePage
{
    private const string Works = """
        **Works.** **A** plain proxy · **B** API key and a limit per key that is never hit, 100 keys in rotation · **C** JWT RS256 and such a limit, 100 tokens in
        rotation (our gateway remembers tokens that it verified) · **C-each** the same, every token different · **D** TLS to the backend with a client certificate.
        """;

    private const string Method = """
        1. The proxy runs on one core; client (wrk, one thread, 32 connections that are kept), backend (nginx, one worker, 1 KiB) and all else on another.
        2. CPU per request: user and system time of the proxy's process tree over the requests answered with 2xx. Any other answer, or a socket error, ends the run.
        3. Each round stands between two rounds of HAProxy doing the same work; the ratio is to their mean; of several starts, the median. The order of peers alternates.
        4. A new process is loaded for 20 s, and then does one work after the other, B last; at each it is loaded until its cost per request differs by no more than
           5 % over six seconds, and then measured.
        5. A round in which others used more than a tenth of a core is measured again, twice at most and not more often than the whole run has time for.
        6. Ours is `functions/Container`, published as its Dockerfile does it (compiled ahead of time, its ENV lines), with no setting of its own; ours-jit is the same compiled while it runs: access log, metrics, traces and exact limits in tables are on.
           It is a member of a local mesh; storage, vaults, issuer and control plane run on the other core. The others write no access log.
        7. Young: CPU per request in each of those first 20 s, after the first answer, at work B; steady: what the same process costs at B in the end.
        8. First 200: from the start of the process, asked every millisecond; the median.
        9. Latency: a fixed schedule over 64 connections, counted from the instant at which a request was due (no coordinated omission), at work B.
        10. Memory: the most that was seen in the middle of a round, over all works. Storage operations are counted by a relay before the tables.
        """;

    public static string Of(Results results, SideOptions options, Machine machine) => string.Join("\n\n",
    [
        "# Our gateway beside other proxies",
        $"Made by `scripts/bench side{(options.IsShort ? " --short" : "")}`, which writes this page anew. Read ratios, not times: they are of one run on one machine.\nEvery round is in [side-by-side.csv](side-by-side.csv).",
        $"**Machine.** {machine.Description}.\n**Versions.** {machine.Versions}.\n{Quality(results, options)}",
        Works,
        "## Bars",
        BarTable.Of(results).TrimEnd(),
        "## CPU per request, memory, first answer",
        CostTable.Of(results).TrimEnd(),
        "## A young process",
        YoungTable.Of(results).TrimEnd(),
        $"## Latency at {OpenLoop.PerSecond.ToString("N0", CultureInfo.InvariantCulture)} requests a second",
        LatencyTable.Of(results).TrimEnd(),
        "## Storage operations",
        "Of our gateway at full load. `$batch` is a transaction, which is one request; `trust` and `peers` are the mesh's.",
        OperationsTable.Of(results).TrimEnd(),
        "## Method",
        Method,
    ]) + "\n";

    private static string Quality(Results results, SideOptions options)
    {
        var repeats = results.Rounds.Sum(static round => round.Repeats);
        var disturbed = results.Rounds.Count(static round => round.Foreign > Bench.MostForeign);
        var unsteady = results.Warmths.Where(static one => one.Peer.IsManaged && !one.Warmth.IsReached).Select(static one => $"{one.Peer} {one.Work.Name}").Distinct().ToList();
        return $"**Quality.** {results.Rounds.Count} rounds of {options.Plan.RoundSeconds} s, {options.Plan.Starts} start(s) of each peer; {repeats} measured again because of others, {disturbed} disturbed to the end. "
            + (unsteady.Count == 0 ? "Every process was steady within 5 % before it was measured." : $"Not steady within 5 % when measured: {string.Join(", ", unsteady)}.");
    }
}
