namespace Cli.Tests;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(-5, "0.0s")]
    [InlineData(0, "0.0s")]
    [InlineData(0.01, "0.1s")]
    [InlineData(3.2, "3.2s")]
    [InlineData(59.9, "59.9s")]
    [InlineData(59.91, "1m 0s")]
    [InlineData(725, "12m 5s")]
    [InlineData(3599.95, "1h 0m")]
    [InlineData(12000, "3h 20m")]
    [InlineData(187200, "2d 4h")]
    public void Show_Duration_IsShortAndRoundedUp(double seconds, string text) => Assert.Equal(text, Durations.Show(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(0.99, "0s")]
    [InlineData(59.99, "59s")]
    [InlineData(60, "1m 0s")]
    [InlineData(185.9, "3m 5s")]
    [InlineData(83550, "23h 12m")]
    public void Age_Duration_IsInWholeSeconds(double seconds, string text) => Assert.Equal(text, Durations.Age(TimeSpan.FromSeconds(seconds)));
}
