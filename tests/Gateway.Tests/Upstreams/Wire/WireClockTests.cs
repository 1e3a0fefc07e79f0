using Gateway.Upstreams.Wire;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Upstreams.Wire;

public sealed class WireClockTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WireClock _clock;
    private int _ended;

    public WireClockTests() => _clock = new(_time, () => _ended++);

    [Fact]
    public void Time_IsUp_NotBeforeAndOnce()
    {
        _clock.Wind(TimeSpan.FromSeconds(10));

        _time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.Equal((0, false), (_ended, _clock.Expired));

        _time.Advance(TimeSpan.FromSeconds(0.001));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((1, true), (_ended, _clock.Expired));
    }

    [Fact]
    public void WindingUp_PutsTheEndOff()
    {
        for (var second = 0; second < 100; second++)
        {
            _clock.Wind(TimeSpan.FromSeconds(10));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, _ended);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, _ended);
    }

    [Fact]
    public void WindingForLess_BringsTheEndForward()
    {
        _clock.Wind(TimeSpan.FromSeconds(60));
        _clock.Wind(TimeSpan.FromSeconds(10));

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(1, _ended);
    }

    [Fact]
    public void Stopped_NeverEnds_UntilWoundUpAgain()
    {
        _clock.Wind(TimeSpan.FromSeconds(10));
        _clock.Stop();
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, _ended);

        _clock.Wind(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, _ended);
    }

    [Fact]
    public void TooLateToStop_IsSaid()
    {
        _clock.Wind(TimeSpan.FromSeconds(10));
        Assert.True(_clock.TryStop());

        _clock.Wind(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(_clock.TryStop());
    }

    public void Dispose() => _clock.Dispose();
}
