using Gateway.Tests.Limits.Simulation.Limiters;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>Limits at the numbers of instances and requests that their feature names.</summary>
public sealed class InstancesTests
{
    private const int Limit = 100;
    private const int Seeds = 20;

    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);

    [Fact]
    public void AThousandRequestsAtOnce_AtFourInstances_AdmitTheHundredAndNotOneMore()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var result = Simulation.Run(Flooded(seed, instances: 4, TimeSpan.FromMilliseconds(20), requests: 1_000), ExactEngine.Create);

            Assert.Empty(result.Violations);
            Assert.Equal(Limit, result.Admitted);
            Assert.InRange(result.Admitted + result.Refused, 800, 1_200);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(32)]
    public void ExactLimit_OfSoManyInstances_AdmitsNotOneTooMany(int instances)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var result = Simulation.Run(
                Flooded(seed, instances, 2 * _window, requests: 2_000) with
                {
                    Faults = StoreFaults.None with { AnswerLost = 0.01, RequestLost = 0.01, RequestLate = 0.01 },
                    Churn = new() { CrashEvery = _window.Ticks / 4, LongestAbsence = TimeSpan.TicksPerSecond },
                },
                ExactEngine.Create);

            Assert.Empty(result.Violations);
            Assert.True(result.Admitted > Limit, $"{result}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(32)]
    public void LocalLimit_OfSoManyInstances_AdmitsItsNumberInEach(int instances)
    {
        var result = Simulation.Run(Flooded(1, instances, _window / 2, requests: 200 * instances), (_, time, _, _) => new LoneLimiter(time));

        Assert.Equal(instances * Limit, result.Admitted);
    }

    private static Scenario Flooded(int seed, int instances, TimeSpan time, int requests) => new()
    {
        Seed = seed,
        Instances = instances,
        Duration = time.Ticks,
        Kinds = [[(Quotas.Rolling(Limit, _window) with { IsExact = true }).Charge()]],
        Load = new() { PerSecond = requests / time.TotalSeconds },
    };
}
