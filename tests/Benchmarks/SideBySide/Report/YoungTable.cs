using Benchmarks.SideBySide.Load;
using Benchmarks.SideBySide.Peers;
using Benchmarks.SideBySide.Rounds;

namespace Benchmarks.SideBySide.Report;

/// <summary>What a request costs in the first seconds of a process under load.</summary>
internal static class YoungTable
{
    private static readonly int[] _seconds = [1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20];

    public static string Of(Results results) => TableText.Of(
    [
        ["µs in second", .. _seconds.Select(static second => $"{second}"), "first 10 s against steady"],
        .. results.Peers.Where(static peer => peer.IsManaged && peer.Works.Contains(Work.Key)).Select(peer => Row(results, peer)),
    ]);

    private static IReadOnlyList<string> Row(Results results, Peer peer)
    {
        var starts = results.Youngs.Where(one => one.Peer == peer && one.Work == Work.Key).Select(static one => one.Warmth.Windows).ToList();
        return
        [
            peer.Name,
            .. _seconds.Select(second => Figure.Text(starts.Where(windows => windows.Count >= second).Select(windows => windows[second - 1]).Median(), "0")),
            Figure.Text(results.YoungAgainstSteady(peer), "0.00", " ×"),
        ];
    }
}
