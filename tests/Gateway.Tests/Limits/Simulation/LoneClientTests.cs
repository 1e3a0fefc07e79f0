using Gateway.Limits;
using Gateway.Tests.Limits.Simulation.Limiters;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>A client that waits exactly as long as Retry-After says is admitted then.</summary>
public sealed class LoneClientTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void RetryAfter_IsKept(int instances)
    {
        var (waited, disappointed) = (0L, 0L);
        for (var seed = 0; seed < 300; seed++)
        {
            var result = Simulation.Run(Draw(seed, instances), ExactEngine.Create);

            Assert.Empty(result.Violations);
            waited += result.Waited;
            disappointed += result.Disappointed;
        }

        output.WriteLine($"{waited} waited, {disappointed} were refused all the same");
        Assert.True(waited > 1_000, $"{waited} waited");
        Assert.True(disappointed <= waited / 100, $"{disappointed} of {waited} were refused all the same");
    }

    private static Scenario Draw(int seed, int instances)
    {
        var random = new Random(seed);
        var (count, window) = (random.Next(1, 30), TimeSpan.FromSeconds(random.Next(1, 100)));
        var quota = random.Next(3) switch
        {
            0 => Quotas.Bucket(count, window, count + 2),
            1 => Quotas.Calendar(count, CalendarPeriod.Day),
            _ => Quotas.Rolling(count, window),
        };
        return new()
        {
            Seed = seed,
            Instances = instances,
            Duration = quota.Calendar is null ? 12 * window.Ticks : 3 * TimeSpan.TicksPerDay,
            Kinds = [[(quota with { IsExact = true }).Charge()]],
            Load = new() { IsLone = true, PerSecond = 3 * count / window.TotalSeconds },
        };
    }
}
