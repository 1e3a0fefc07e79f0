namespace Gateway.Tests.Limits.Simulation;

/// <summary>A timer of one process. Its durations are those of the process's clock.</summary>
internal sealed class VirtualTimer(VirtualTime time, VirtualProcess process, InstanceClock clock, TimerCallback callback, object? state) : ITimer
{
    private Firing? _next;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _next = null;
        if (dueTime >= TimeSpan.Zero)
        {
            _next = new(this, period);
            time.Schedule(time.Now + clock.TrueTicks(dueTime.Ticks), process, static next => ((Firing)next!).Fire(), _next);
        }

        return true;
    }

    public void Dispose() => _next = null;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    // Of the timer as it was last set; others are void.
    private sealed class Firing(VirtualTimer timer, TimeSpan period)
    {
        public void Fire()
        {
            if (timer._next != this)
            {
                return;
            }

            timer.Change(period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan, period);
            timer.Fire();
        }
    }

    private void Fire() => callback(state);
}
