using Benchmarks.SideBySide.Peers;
using Benchmarks.SideBySide.Rounds;

namespace Benchmarks.SideBySide.Report;

/// <summary>Every bar, one a row.</summary>
internal static class BarTable
{
    public static string Of(Results results) => TableText.Of(
    [
        ["bar", "wanted", "ours", "reached", "ours-jit", "reached"],
        .. Bar.All(results, Peer.Ours).Zip(Bar.All(results, Peer.OursJit), static (bar, jit) =>
            (IReadOnlyList<string>)[bar.What, bar.AtMost == jit.AtMost ? bar.Wanted : $"{bar.Wanted}, {jit.Wanted}", bar.Found, bar.Reached, jit.Found, jit.Reached]),
    ]);
}
