namespace Gateway.Tests.Limits.Simulation;

/// <summary>The one true time of a run, in ticks, and all that is yet to happen. A run happens on one thread and in one order, so that it replays.</summary>
internal sealed class VirtualTime(long start, long end)
{
    private readonly PriorityQueue<VirtualEvent, VirtualOrder> _events = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private const int MostAtOnce = 1_000_000;

    private long _scheduled;
    private int _atOnce;

    public long Now { get; private set; } = start;

    public long End { get; } = end;

    /// <summary>How much has happened.</summary>
    public long Events { get; private set; }

    /// <summary>How many processes stall, one within the other.</summary>
    public int Depth { get; private set; }

    /// <summary>Where the code left the thread of the run, which makes it impossible to replay. Null: nowhere.</summary>
    public string? Stray { get; private set; }

    public void Schedule(long at, VirtualProcess? process, SendOrPostCallback callback, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            Stray ??= Environment.StackTrace;
            return;
        }

        Enqueue(new(process, callback, state, Math.Max(at, Now)));
    }

    /// <summary>Something is done. Too much of it at one instant fails the run: the code goes on without ever waiting.</summary>
    public void Step()
    {
        if (++_atOnce > MostAtOnce)
        {
            throw new InvalidOperationException("Time stands still: the code goes on without ever waiting.");
        }
    }

    /// <summary>Lets something happen now that was due before.</summary>
    public void Enqueue(VirtualEvent due) => _events.Enqueue(due, new(Math.Max(due.DueAt, Now), _scheduled++));

    /// <summary>Lets all happen that is due. May be called by what happens: that is how a process stalls in the middle of its code.</summary>
    public void RunUntil(long instant)
    {
        Depth++;
        while (_events.TryPeek(out var due, out var order) && order.At <= instant)
        {
            _events.Dequeue();
            _atOnce = order.At > Now ? 0 : _atOnce;
            Now = Math.Max(Now, order.At);
            Events++;
            Step();
            if (due.Process is { } process)
            {
                process.Deliver(due);
            }
            else
            {
                due.Callback(due.State);
            }
        }

        Now = Math.Max(Now, instant);
        Depth--;
    }
}
