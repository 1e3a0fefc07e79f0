namespace Gateway.Tests.Limits.Simulation;

/// <summary>Requests of many clients, at random.</summary>
internal sealed class Traffic(VirtualTime time, Scenario scenario, Fleet fleet, Random random)
{
    private readonly Load _load = scenario.Load;

    public long Sent { get; private set; }

    public required IReadOnlyList<Demand> Demands { get; init; }

    public Action<Gateway.Limits.LimitVerdict?>? Told { get; init; }

    public void Begin()
    {
        var mean = TimeSpan.TicksPerSecond / _load.PerSecond * (_load.Batch + 1) / 2;
        var at = time.Now + (long)(-Math.Log(1 - random.NextDouble()) * mean) + 1;
        if (at < time.End)
        {
            time.Schedule(at, null, static traffic => ((Traffic)traffic!).Arrive(), this);
        }
    }

    private void Arrive()
    {
        var instance = fleet.Pick(_load.IsSkewed);
        for (var count = random.Next(_load.Batch); instance is not null && count >= 0; count--)
        {
            Sent++;
            instance.Receive(new(instance, time, Demands[random.Next(Demands.Count)], random.NextInt64(_load.Longest))
            {
                Patience = random.NextDouble() < _load.Impatient ? random.NextInt64(TimeSpan.TicksPerSecond / 2) : null,
                Told = Told,
            });
        }

        Begin();
    }
}
