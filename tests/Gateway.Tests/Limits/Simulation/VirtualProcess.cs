namespace Gateway.Tests.Limits.Simulation;

/// <summary>One process of a run: code that awaits in it goes on in it. It can be stopped and continued, and it can end at any moment.</summary>
/// <param name="random">Decides in which order things happen that were due while it was stopped: threads that wake up keep none. Null: in theirs.</param>
internal sealed class VirtualProcess(VirtualTime time, Random? random) : SynchronizationContext
{
    private readonly List<VirtualEvent> _held = [];
    private readonly List<(long From, long To)> _stopped = [];
    private int _stops;

    /// <summary>When it ended; null: it has not.</summary>
    public long? EndedAt { get; private set; }

    /// <summary>When what happens now in the process was due.</summary>
    public long DueAt { get; private set; }

    public override void Post(SendOrPostCallback callback, object? state) => time.Schedule(time.Now, this, callback, state);

    public override void Send(SendOrPostCallback callback, object? state) => throw new NotSupportedException("Nobody waits here.");

    /// <summary>Does something in the process now, or as soon as it runs.</summary>
    public void Deliver(SendOrPostCallback callback, object? state = null) => Deliver(new(this, callback, state, time.Now));

    public void Deliver(VirtualEvent due)
    {
        if (_stops > 0)
        {
            _held.Add(due);
        }
        else if (EndedAt is null)
        {
            var before = Current;
            SetSynchronizationContext(this);
            DueAt = due.DueAt;
            due.Callback(due.State);
            SetSynchronizationContext(before);
        }
    }

    public void Stop()
    {
        if (_stops++ == 0)
        {
            _stopped.Add((time.Now, long.MaxValue));
        }
    }

    /// <summary>When it was first stopped after this instant, for so long at least; the longest number: never.</summary>
    public long FirstStop(long instant, long atLeast = 0)
    {
        foreach (var (from, to) in _stopped)
        {
            if (to > instant && to - from >= atLeast)
            {
                return from;
            }
        }

        return long.MaxValue;
    }

    /// <summary>What was due meanwhile happens now.</summary>
    public void Continue()
    {
        if (--_stops > 0)
        {
            return;
        }

        _stopped[^1] = (_stopped[^1].From, time.Now);
        var held = _held.ToArray();
        _held.Clear();
        random?.Shuffle(held);
        foreach (var due in held)
        {
            time.Enqueue(due);
        }
    }

    /// <summary>Stops the process where its code stands, while all others go on.</summary>
    public void Stall(long duration)
    {
        Stop();
        time.RunUntil(Math.Min(time.Now + duration, time.End));
        Continue();
    }

    /// <summary>Nothing happens in it any more. Code that stalled runs to its next await, and whatever it does counts for nothing.</summary>
    public void Kill() => EndedAt ??= time.Now;
}
