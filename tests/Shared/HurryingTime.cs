using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Tests.Shared;

/// <summary>A clock that goes to the end of every wait as soon as it begins, so that nobody waits.</summary>
internal sealed class HurryingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    /// <summary>What was waited for, in order.</summary>
    public IReadOnlyCollection<TimeSpan> Waits => _waits;

    /// <summary>What happens while somebody waits.</summary>
    public Func<TimeSpan, Task>? Meanwhile { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            _waits.Enqueue(dueTime);
            _ = Task.Run(() => PassAsync(dueTime));
        }

        return timer;
    }

    private async Task PassAsync(TimeSpan wait)
    {
        try
        {
            await (Meanwhile?.Invoke(wait) ?? Task.CompletedTask);
        }
        finally
        {
            Advance(wait);
        }
    }
}
