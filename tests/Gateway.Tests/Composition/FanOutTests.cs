using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Composition;

/// <summary>How long a composed answer takes, by a clock that the test moves.</summary>
public sealed class FanOutTests
{
    [Fact]
    public async Task Answer_OfThreeParts_TakesAsLongAsTheSlowestAndNotTheirSum()
    {
        var time = new FakeTimeProvider();
        var services = new FakeServices();
        foreach (var (name, milliseconds) in new[] { ("a", 100), ("b", 200), ("c", 300) })
        {
            services[name] = async (_, cancellation) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, cancellation);
                return FakeServices.Json($"{milliseconds}");
            };
        }

        var answer = new Composed(services, time) { Timeout = TimeSpan.FromSeconds(2) }.Part("a", "GET a:/").Part("b", "GET b:/").Part("c", "GET c:/").RunAsync();
        time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.False(answer.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("""{"a":100,"b":200,"c":300}""", await answer);
    }
}
