namespace Benchmarks;

/// <summary>The page that the figures are written to.</summary>
internal static class ResultPage
{
    public const string Introduction = """
        # What exact limits cost

        Made by `scripts/bench`, which writes this page anew; nothing but this machine is used. Times are of a machine with two cores that were
        shared with other work: read them as orders of magnitude, and the ratios, bytes and counts as they are.
        """;
}
