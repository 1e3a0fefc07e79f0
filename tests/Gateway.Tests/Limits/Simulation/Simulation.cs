using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>One run: the limiter's real code in processes that share a table, until no requests come and all are answered.</summary>
internal sealed class Simulation
{
    // Whoever has not been answered so long after the last request never will be.
    private static readonly long _settling = TimeSpan.FromSeconds(10).Ticks;

    private readonly Scenario _scenario;
    private readonly LimiterFactory _limiter;
    private readonly Random _random;
    private readonly VirtualTime _time;
    private readonly VirtualTable _table;
    private readonly Network _network;
    // What is in flight must be seen to end in the order in which it does.
    private readonly bool _hasStays;
    private readonly List<string> _alarms = [];
    private int _started;

    private Simulation(Scenario scenario, LimiterFactory limiter)
    {
        (_scenario, _limiter, _random) = (scenario, limiter, new(scenario.Seed));
        _time = new(scenario.Start, scenario.Start + scenario.Duration);
        _table = new(new ServerTimes(_time, Branch()));
        _network = new(_time, scenario.Faults, Branch());
        _hasStays = scenario.Kinds.Any(charges => charges.Any(charge => charge.Quota.InFlight));
    }

    public static RunResult Run(Scenario scenario, LimiterFactory limiter)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return new Simulation(scenario, limiter).Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private RunResult Run()
    {
        var demands = Demand.Of(_scenario);
        if (_scenario.Shards > 1)
        {
            FirstRows.Write(_table, _scenario);
        }

        var fleet = new Fleet(_time, _scenario, Branch(), Start);
        var client = new LoneClient(_time, _scenario, fleet, Branch()) { Demand = demands[0] };
        var (admitted, refused, unavailable) = (0L, 0L, 0L);
        var traffic = new Traffic(_time, _scenario, fleet, Branch())
        {
            Demands = demands,
            Told = verdict => _ = verdict switch
            {
                { IsAdmitted: true } => admitted++,
                { IsUnavailable: true } => unavailable++,
                _ => refused++,
            },
        };
        Action begin = _scenario.Load.IsLone ? client.Send : traffic.Begin;
        begin();
        _time.RunUntil(_time.End);
        _time.RunUntil(_time.End + _settling);
        var hanging = Hanging(fleet);
        fleet.All.ForEach(static instance => instance.Crash());

        var admissions = demands.SelectMany(static demand => demand.Admissions).Distinct().ToList();
        return new(_scenario)
        {
            Violations = [.. admissions.Select(each => each.Violation()).OfType<string>(), .. hanging, .. _alarms, .. Strayed()],
            Admissions = admissions,
            Admitted = admitted,
            Refused = refused + unavailable,
            Unavailable = unavailable,
            Waits = fleet.All.Sum(instance => instance.Waits),
            Waited = client.Waited,
            Disappointed = client.Disappointed,
            Operations = fleet.All.Sum(instance => instance.Store.Operations),
            Writes = fleet.All.Sum(instance => instance.Store.Writes),
            Entities = _table.Entities,
            Conflicts = _table.Conflicts,
            Events = _time.Events,
        };
    }

    private Instance Start()
    {
        var process = new VirtualProcess(_time, _hasStays ? null : Branch());
        var clock = new InstanceClock(_time, process, Branch(), _random.Next(-_scenario.Drift, _scenario.Drift + 1), _scenario.Stalls);
        var store = new VirtualStore(_time, process, _table, _network, _started++);
        ILimiter? limiter = null;
        process.Deliver(_ => limiter = _limiter(store, clock, Branch(), _alarms.Add));
        return new(process, clock, store, limiter!) { ChangesAt = ChangesAt() };
    }

    private long ChangesAt() => _scenario.Change is { } change ? _scenario.Start + change.At + _random.NextInt64(change.RollOut + 1) : long.MaxValue;

    private Random Branch() => new(_random.Next());

    private List<string> Hanging(Fleet fleet) =>
    [
        .. from instance in fleet.All
           from request in instance.Requests
           where request.IsWaiting
           select $"a request that came {TimeSpan.FromTicks(_time.Now - request.BeganAt).TotalSeconds} s ago has no answer",
    ];

    private IEnumerable<string> Strayed() => _time.Stray is { } stack ? [$"the code left the thread of the run: {stack}"] : [];
}
