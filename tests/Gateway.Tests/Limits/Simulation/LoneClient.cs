using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>One client alone: it sends one request after the other and, when refused, waits exactly as long as Retry-After says.</summary>
internal sealed class LoneClient(VirtualTime time, Scenario scenario, Fleet fleet, Random random)
{
    private bool _hasWaited;

    public required Demand Demand { get; init; }

    /// <summary>How often it waited as long as it was told.</summary>
    public long Waited { get; private set; }

    /// <summary>How often it was refused all the same.</summary>
    public long Disappointed { get; private set; }

    public void Send()
    {
        if (time.Now >= time.End)
        {
            return;
        }

        if (fleet.Pick(isSkewed: false) is { } instance)
        {
            instance.Receive(new(instance, time, Demand, scenario.Load.Longest) { Told = Hear });
        }
        else
        {
            Again(TimeSpan.TicksPerSecond);
        }
    }

    private void Hear(LimitVerdict? verdict)
    {
        Waited += _hasWaited ? 1 : 0;
        Disappointed += _hasWaited && !verdict!.IsAdmitted ? 1 : 0;
        _hasWaited = !verdict!.IsAdmitted;
        Again(_hasWaited ? RetryAfter(verdict) * TimeSpan.TicksPerSecond : random.NextInt64((long)(TimeSpan.TicksPerSecond / scenario.Load.PerSecond * 2)));
    }

    private void Again(long after) => time.Schedule(time.Now + after, null, static client => ((LoneClient)client!).Send(), this);

    private long RetryAfter(LimitVerdict verdict)
    {
        var wait = 1L;
        for (var index = 0; index < verdict.Readings.Count; index++)
        {
            if (!verdict.Readings[index].HadRoom && !Demand.Charges[index].Shadow)
            {
                wait = Math.Max(wait, LimitHeaders.Seconds(verdict.Readings[index].Next ?? TimeSpan.Zero));
            }
        }

        return wait;
    }
}
