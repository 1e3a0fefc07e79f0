using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>One process of the gateway, from its start to its end, with what it is admitting.</summary>
internal sealed class Instance(VirtualProcess process, InstanceClock clock, VirtualStore store, ILimiter limiter)
{
    private readonly HashSet<Request> _requests = [];

    public VirtualProcess Process { get; } = process;

    public InstanceClock Clock { get; } = clock;

    public VirtualStore Store { get; } = store;

    public ILimiter Limiter { get; } = limiter;

    /// <summary>When it learns of new numbers for its limits.</summary>
    public long ChangesAt { get; init; } = long.MaxValue;

    /// <summary>True: it is being shut down and gets no more requests.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Requests that memory could not decide.</summary>
    public long Waits { get; private set; }

    /// <summary>The requests that it neither refused nor finished.</summary>
    public IReadOnlyCollection<Request> Requests => _requests;

    /// <summary>A request arrives. If the process is stopped, it is served afterwards.</summary>
    public void Receive(Request request) => Process.Deliver(static state => ((Request)state!).Begin(), request);

    public void Began(Request request) => _requests.Add(request);

    public void Waited() => Waits++;

    public void Ended(Request request)
    {
        if (_requests.Remove(request) && IsLeaving && _requests.Count == 0)
        {
            LeaveAsync();
        }
    }

    public void Crash()
    {
        Process.Kill();
        foreach (var request in _requests)
        {
            request.Break();
        }

        _requests.Clear();
    }

    /// <summary>Waits for its requests, lets the limiter settle, then ends.</summary>
    public void ShutDown()
    {
        IsLeaving = true;
        if (_requests.Count == 0)
        {
            Process.Deliver(static state => ((Instance)state!).LeaveAsync(), this);
        }
    }

    // A failure is thrown in the process and so fails the run.
    private async void LeaveAsync()
    {
        if (Limiter is IAsyncDisposable leaving)
        {
            await leaving.DisposeAsync();
        }

        Crash();
    }
}
