namespace Benchmarks.SideBySide.Report;

/// <summary>Every bar, one a row.</summary>
internal static class BarTable
{
    public static string Of(IEnumerable<Bar> bars) => TableText.Of([["bar", "wanted", "measured", "reached"], .. bars.Select(static bar => (IReadOnlyList<string>)[bar.What, bar.Wanted, bar.Found, bar.Reached])]);
}
