using Microsoft.Extensions.Time.Testing;

namespace Cli.Tests;

/// <summary>A clock on which whoever waits finds that the time has passed.</summary>
internal sealed class HurryingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            Advance(dueTime);
        }

        return timer;
    }
}
