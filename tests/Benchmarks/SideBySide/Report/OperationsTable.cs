using Benchmarks.SideBySide.Rounds;

namespace Benchmarks.SideBySide.Report;

/// <summary>What our gateway asks of the tables.</summary>
internal static class OperationsTable
{
    public static string Of(Results results)
    {
        var counts = results.OperationsOf(Work.Key);
        return TableText.Of(
        [
            ["B, for 1,000 requests", "storage operations"],
            .. counts.Append(("all", counts.Sum(static one => one.PerThousand))).Select(static one => (IReadOnlyList<string>)[one.Item1, Figure.Text(one.Item2, "0.00")]),
        ]);
    }
}
