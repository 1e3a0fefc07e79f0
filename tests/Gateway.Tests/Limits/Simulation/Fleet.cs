namespace Gateway.Tests.Limits.Simulation;

/// <summary>The processes of a run, each with a successor after its end.</summary>
internal sealed class Fleet
{
    private readonly VirtualTime _time;
    private readonly Scenario _scenario;
    private readonly Random _random;
    private readonly Func<Instance> _start;
    private readonly Instance[] _instances;

    public Fleet(VirtualTime time, Scenario scenario, Random random, Func<Instance> start)
    {
        (_time, _scenario, _random, _start) = (time, scenario, random, start);
        _instances = new Instance[scenario.Instances];
        for (var place = 0; place < _instances.Length; place++)
        {
            _instances[place] = start();
            All.Add(_instances[place]);
        }

        var churn = scenario.Churn;
        Repeat(churn.CrashEvery, () => End(static instance => instance.Crash()));
        Repeat(churn.ShutDownEvery, () => End(static instance => instance.ShutDown()));
        Repeat(churn.PauseEvery, () => Pause(Any()));
    }

    /// <summary>Those that ended too.</summary>
    public List<Instance> All { get; } = [];

    /// <summary>One that takes requests; null: this time none does.</summary>
    public Instance? Pick(bool isSkewed)
    {
        var at = _random.NextDouble();
        var instance = _instances[(int)((isSkewed ? at * at * at : at) * _instances.Length)];
        return instance.IsLeaving || instance.Process.EndedAt is not null ? null : instance;
    }

    private int Any() => _random.Next(_instances.Length);

    private void End(Action<Instance> end)
    {
        var place = Any();
        var instance = _instances[place];
        if (instance.IsLeaving || instance.Process.EndedAt is not null)
        {
            return;
        }

        end(instance);
        After(_random.NextInt64(_scenario.Churn.LongestAbsence + 1), () => All.Add(_instances[place] = _start()));
    }

    private void Pause(int place)
    {
        var process = _instances[place].Process;
        process.Stop();
        Schedule(Math.Min(_time.Now + _random.NextInt64(_scenario.Churn.LongestPause), _time.End), process.Continue);
    }

    private void Repeat(long every, Action action)
    {
        if (every > 0)
        {
            After((long)(-Math.Log(1 - _random.NextDouble()) * every), () =>
            {
                action();
                Repeat(every, action);
            });
        }
    }

    // Nothing of this happens once no requests come any more.
    private void After(long ticks, Action action)
    {
        if (_time.Now + ticks < _time.End)
        {
            Schedule(_time.Now + ticks, action);
        }
    }

    private void Schedule(long at, Action action) => _time.Schedule(at, null, static action => ((Action)action!)(), action);
}
