using Benchmarks.SideBySide.Processes;
using Benchmarks.SideBySide.Rounds;

namespace Benchmarks.Tests.Rounds;

public sealed class WarmthTests
{
    [Fact]
    public void IsReached_WhenTheLastSixSecondsDifferByFivePercent()
    {
        var warmth = Warmth(atLeast: 0, 300, 200, 100, 104, 102, 100, 100, 103);

        Assert.True(warmth.IsReached);
    }

    [Fact]
    public void IsReached_WhileTheCostStillFalls_IsNot() => Assert.False(Warmth(atLeast: 0, 120, 116, 112, 108, 104, 100).IsReached);

    [Fact]
    public void IsReached_BeforeItsTime_IsNot() => Assert.False(Warmth(atLeast: 20, 100, 100, 100, 100, 100, 100, 100).IsReached);

    [Fact]
    public void First_CountsRequestsRatherThanSeconds()
    {
        var warmth = new Warmth(0);
        warmth.Add(new(Seconds: 1, Proxy: 1, Foreign: 0), 1_000);
        warmth.Add(new(Seconds: 1, Proxy: 1, Foreign: 0), 3_000);

        Assert.Equal(500, warmth.First(2), 6);
    }

    [Fact]
    public void Add_OfASecondWithoutRequests_IsLeftOut()
    {
        var warmth = new Warmth(0);

        warmth.Add(new(Seconds: 1, Proxy: 1, Foreign: 0), 0);

        Assert.Empty(warmth.Windows);
    }

    private static Warmth Warmth(double atLeast, params double[] costs)
    {
        var warmth = new Warmth(atLeast);
        foreach (var cost in costs)
        {
            warmth.Add(new CpuUse(Seconds: 1, Proxy: cost * 10_000 / 1e6, Foreign: 0), 10_000);
        }

        return warmth;
    }
}
