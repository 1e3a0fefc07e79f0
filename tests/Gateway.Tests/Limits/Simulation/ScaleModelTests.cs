using Benchmarks.Scale;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>That the model behind docs/scale.md says what the real limiter does in the simulator. Storage operations in a second may be this many times more or fewer.</summary>
public sealed class ScaleModelTests(ITestOutputHelper output)
{
    private const double Below = 1.5;

    // Where more is asked for than may be let in, what came at once comes back at once for hours; the model takes it as spread evenly.
    private const double Saturated = 3.5;

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(10, 1, 1)]
    [InlineData(100, 1, 1)]
    [InlineData(10, 1, 5)]
    [InlineData(30, 10, 10)]
    [InlineData(1, 100, 5)]
    [InlineData(10, 100, 1)]
    [InlineData(30, 100, 5)]
    public void Model_BelowTheLimit_IsNearTheSimulator(int instances, int consumers, double perSecond) => Check(instances, consumers, perSecond, Below);

    [Theory]
    [InlineData(1, 20)]
    [InlineData(10, 20)]
    [InlineData(100, 20)]
    [InlineData(2, 100)]
    [InlineData(30, 100)]
    public void Model_OfALimitThatIsUsedUp_IsNearTheSimulator(int instances, double perSecond) => Check(instances, consumers: 1, perSecond, Saturated);

    private void Check(int instances, int consumers, double perSecond, double most)
    {
        var check = ModelCheck.Of(
            new() { Instances = instances, Consumers = consumers, PerSecond = perSecond, Limit = 600, Window = 60 }, settles: 1_500, counts: Math.Max(600, 900 / perSecond));

        output.WriteLine($"{check}");
        Assert.True(check.Factor <= most, FormattableString.Invariant($"{check.Modelled:0.000} by the model and {check.Simulated:0.000} by the simulator are {check.Factor:0.0} times apart: {check.Work}"));
    }
}
