namespace Gateway.Tests.Limits.Simulation;

/// <summary>Between the processes and storage: 4 to 15 ms there and back, and what can go wrong.</summary>
internal sealed class Network(VirtualTime time, StoreFaults faults, Random random)
{
    private static readonly long _patience = TimeSpan.FromSeconds(2).Ticks;
    private static readonly long _least = TimeSpan.FromMilliseconds(2).Ticks;
    private static readonly long _most = TimeSpan.FromMilliseconds(7.5).Ticks;

    private readonly long _start = time.Now;

    /// <summary>The fate of a call that this process makes now; null: nothing is sent.</summary>
    public CallFate? Next(int process)
    {
        foreach (var outage in faults.Outages)
        {
            if (outage.IsNow(time.Now - _start, process))
            {
                return outage.IsNoticed ? null : Unanswered(random.NextDouble(), 1, 1, 1);
            }
        }

        var chance = random.NextDouble();
        var failing = faults.AnswerLost + faults.RequestLost + faults.RequestLate;
        if (chance < failing)
        {
            return Unanswered(chance / failing, faults.RequestLost, faults.AnswerLost, faults.RequestLate);
        }

        var isSlow = chance < failing + faults.Slow;
        var (there, back) = isSlow ? (random.NextInt64(_patience / 2), random.NextInt64(_patience / 2)) : (HalfTrip, HalfTrip);
        return new(there, there + back, true);
    }

    private long HalfTrip => random.NextInt64(_least, _most);

    private CallFate Unanswered(double chance, double requestLost, double answerLost, double requestLate)
    {
        chance *= requestLost + answerLost + requestLate;
        long? madeAfter = chance < requestLost ? null
            : chance < requestLost + answerLost ? random.NextInt64(_patience)
            : random.NextInt64(_patience, Math.Max(faults.Latest, _patience + 1));
        return new(madeAfter, _patience, false);
    }
}
