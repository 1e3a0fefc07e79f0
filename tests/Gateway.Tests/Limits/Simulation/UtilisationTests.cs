using Gateway.Limits.Ledger;
using Gateway.Tests.Limits.Simulation.Limiters;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>That the promise costs little: how much of a limit is used when more is asked for, and what of storage.</summary>
public sealed class UtilisationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(60);

    // What came at once comes back at once, after a window and a slot: whole numbers of these are measured.
    private static readonly long _round = 61 * Slots.Of(_window, 0).SlotTicks;

    [Theory]
    [InlineData(10, 1_000, 10, 0.95)]
    [InlineData(1_000, 60_000, 2, 0.90)]
    [InlineData(50, 20, 10, 0.95)]
    public void Saturated_UsesNearlyAllOfTheLimit(int instances, long limit, int rounds, double least) =>
        Check(Saturated(instances, limit), rounds, least);

    [Fact]
    public void Saturated_WithACrashEachSecond_UsesNearlyAllOfTheLimit() =>
        Check(Saturated(10, 1_000) with { Churn = new() { CrashEvery = TimeSpan.TicksPerSecond } }, 10, 0.90);

    private void Check(Scenario scenario, int rounds, double least)
    {
        var result = Simulation.Run(scenario with { WarmUp = 2 * _round, Duration = (2 + rounds) * _round }, ExactEngine.Create);

        output.WriteLine(FormattableString.Invariant($"{result.Utilisation:0.000} of the limit: {result}"));
        Assert.Empty(result.Violations);
        Assert.True(result.Utilisation >= least, FormattableString.Invariant($"{result.Utilisation:0.000} of the limit, at least {least:0.00} was claimed: {result}"));
    }

    // Five times as much is asked for as may be.
    private static Scenario Saturated(int instances, long limit) => new()
    {
        Seed = 1,
        Instances = instances,
        Duration = 0,
        Kinds = [[(Quotas.Rolling(limit, _window) with { IsExact = true }).Charge()]],
        Load = new() { PerSecond = 5 * limit / _window.TotalSeconds },
    };
}
