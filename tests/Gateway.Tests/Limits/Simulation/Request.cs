using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>One request at one instance.</summary>
/// <param name="lasts">How long it is in flight once admitted, in ticks.</param>
internal sealed class Request(Instance instance, VirtualTime time, Demand demand, long lasts)
{
    // A label may pass meanwhile.
    private static readonly long _longStop = TimeSpan.FromSeconds(5).Ticks;

    private IReadOnlyList<LimitCharge> _charges = demand.Charges;
    private LimitVerdict? _verdict;
    private long _admittedAt;
    private bool _isOver;

    /// <summary>When its caller loses patience, in ticks from the start; null: never.</summary>
    public long? Patience { get; init; }

    /// <summary>Hears of the verdict.</summary>
    public Action<LimitVerdict?>? Told { get; init; }

    /// <summary>When the limiter was asked.</summary>
    public long BeganAt { get; private set; }

    /// <summary>True: it has no verdict yet.</summary>
    public bool IsWaiting => _verdict is null;

    public void Begin()
    {
        BeganAt = time.Now;
        _charges = BeganAt < instance.ChangesAt ? demand.Charges : demand.Changed;
        instance.Began(this);
        var taking = instance.Limiter.TryTakeAsync(_charges, Cancellation());
        if (taking.IsCompletedSuccessfully)
        {
            Hear(taking.Result);
        }
        else
        {
            instance.Waited();
            HearAsync(taking);
        }
    }

    /// <summary>Its process is over, or the run is.</summary>
    public void Break() => Note(Math.Min(time.Now, instance.Process.FirstStop(_admittedAt)));

    private void Note(long until)
    {
        if (_verdict is null)
        {
            return;
        }

        for (var index = 0; index < _charges.Count; index++)
        {
            if (_charges[index].Quota.InFlight && _verdict.Readings[index].HadRoom)
            {
                demand.Admissions[index].Add(new Stay(_admittedAt, Math.Max(until, _admittedAt)));
            }
        }
    }

    // A failure is thrown in the process and so fails the run.
    private async void HearAsync(ValueTask<LimitVerdict> taking)
    {
        try
        {
            Hear(await taking);
        }
        catch (OperationCanceledException) when (Patience is not null)
        {
            instance.Ended(this);
            Told?.Invoke(null);
        }
    }

    private void Hear(LimitVerdict verdict)
    {
        // It may have ended while its code stalled.
        if (instance.Process.EndedAt is not null)
        {
            return;
        }

        if (verdict.IsAdmitted)
        {
            Admit(verdict);
        }

        if (_verdict?.Finish is null)
        {
            instance.Ended(this);
        }

        Told?.Invoke(verdict);
    }

    private void Admit(LimitVerdict verdict)
    {
        _verdict = verdict;
        _admittedAt = instance.Clock.TrueInstant(verdict.AdmittedAt!.Value);
        for (var index = 0; index < _charges.Count; index++)
        {
            if (verdict.Readings[index].HadRoom)
            {
                demand.Admissions[index].Add(_admittedAt);
            }
        }

        if (verdict.Finish is not null)
        {
            time.Schedule(time.Now + lasts, instance.Process, static state => ((Request)state!).Finish(_longStop), this);
        }

        if (verdict.Lost is { } lost)
        {
            FinishWhenAsync(lost);
        }
    }

    // A process that is stopped cannot end it in time: then it counts until the stop.
    private async void FinishWhenAsync(Task lost)
    {
        await lost;
        Finish(stop: 0);
    }

    private void Finish(long stop)
    {
        // With its process it has ended already, though code that stalled may still run.
        if (_isOver || instance.Process.EndedAt is not null)
        {
            return;
        }

        _isOver = true;
        Note(Math.Min(instance.Process.DueAt, instance.Process.FirstStop(_admittedAt, stop)));
        _verdict!.Finish!();
        instance.Ended(this);
    }

    private CancellationToken Cancellation()
    {
        if (Patience is not { } patience)
        {
            return CancellationToken.None;
        }

        var cancellation = new CancellationTokenSource();
        time.Schedule(time.Now + patience, instance.Process, static state => ((CancellationTokenSource)state!).Cancel(), cancellation);
        return cancellation.Token;
    }
}
