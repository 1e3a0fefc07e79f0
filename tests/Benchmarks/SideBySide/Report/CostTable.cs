using Benchmarks.SideBySide.Rounds;

namespace Benchmarks.SideBySide.Report;

/// <summary>CPU per request of every peer and work, with the ratio to HAProxy.</summary>
internal static class CostTable
{
    public static string Of(Results results) => TableText.Of(
    [
        ["CPU per request", .. results.Works.Select(static work => work.Name), "PSS MiB", "RSS MiB", "first 200"],
        .. results.Peers.Select(peer => (IReadOnlyList<string>)
        [
            peer.Name,
            .. results.Works.Select(work => Cell(results.Microseconds(peer, work), results.AgainstHaproxy(peer, work))),
            Figure.Text(results.PssMiB(peer), "0"),
            Figure.Text(results.RssMiB(peer), "0"),
            Figure.Text(results.FirstAnswerMilliseconds(peer), "0", " ms"),
        ]),
    ]);

    private static string Cell(double microseconds, double ratio) => double.IsNaN(microseconds) ? "–" : $"{Figure.Text(microseconds, "0.0")} µs, {Figure.Text(ratio, "0.00")} ×";
}
