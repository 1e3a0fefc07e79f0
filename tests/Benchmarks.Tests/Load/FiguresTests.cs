using Benchmarks.SideBySide.Load;

namespace Benchmarks.Tests.Load;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 2, 3 }, 2.5)]
    [InlineData(new double[] { }, double.NaN)]
    public void Median_IsTheMiddleOfWhatThereIs(double[] figures, double median) => Assert.Equal(median, figures.Median());

    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.99, 990)]
    [InlineData(0.999, 999)]
    [InlineData(1, 1000)]
    public void Percentile_IsTheSmallestThatTheShareDoesNotExceed(double share, double figure) =>
        Assert.Equal(figure, Enumerable.Range(1, 1000).Select(static number => (double)number).ToArray().Percentile(share));

    [Fact]
    public void Latency_OfUnsortedTimes_SortsThem() => Assert.Equal(new Latency(50.5, 99, 100), Latency.Of(Enumerable.Range(1, 100).Reverse().Select(static number => (double)number)));
}
