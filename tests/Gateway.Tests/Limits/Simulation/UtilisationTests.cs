using Gateway.Tests.Limits.Simulation.Limiters;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>That the promise costs little: how much of a limit is used when more is asked for, and what of storage.</summary>
public sealed class UtilisationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(10, 1_000, 0.95)]
    [InlineData(1_000, 60_000, 0.90)]
    [InlineData(50, 20, 0.95)]
    public void Saturated_UsesNearlyAllOfTheLimit(int instances, long limit, double least) =>
        Check(new() { Seed = 1, Instances = instances, Duration = 0, Kinds = [[Charge(limit)]], Load = Saturating(limit) }, least);

    [Fact]
    public void Saturated_WithACrashEachSecond_UsesNearlyAllOfTheLimit() => Check(
        new()
        {
            Seed = 1,
            Instances = 10,
            Duration = 0,
            Kinds = [[Charge(1_000)]],
            Load = Saturating(1_000),
            Churn = new() { CrashEvery = TimeSpan.TicksPerSecond },
        },
        0.90);

    private void Check(Scenario scenario, double least)
    {
        var result = Simulation.Run(scenario with { WarmUp = 2 * _window.Ticks, Duration = 5 * _window.Ticks }, ExactEngine.Create);

        output.WriteLine(FormattableString.Invariant($"{result.Utilisation:0.000} of the limit: {result}"));
        Assert.Empty(result.Violations);
        Assert.True(result.Utilisation >= least, FormattableString.Invariant($"{result.Utilisation:0.000} of the limit, at least {least:0.00} was claimed: {result}"));
    }

    private static Gateway.Limits.LimitCharge Charge(long limit) => (Quotas.Rolling(limit, _window) with { IsExact = true }).Charge();

    // Five times as much as may be.
    private static Load Saturating(long limit) => new() { PerSecond = 5 * limit / _window.TotalSeconds };
}
