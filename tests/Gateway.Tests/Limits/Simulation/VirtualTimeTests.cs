namespace Gateway.Tests.Limits.Simulation;

/// <summary>What the simulated world itself does to code that runs in it.</summary>
public sealed class VirtualTimeTests
{
    private static readonly long _second = TimeSpan.TicksPerSecond;
    private readonly VirtualTime _time = new(0, 100 * TimeSpan.TicksPerSecond);
    private readonly VirtualProcess _process;
    private readonly List<long> _log = [];

    public VirtualTimeTests() => _process = new(_time, new Random(1));

    [Fact]
    public void Delay_OfASlowClock_TakesLonger()
    {
        Start(Clock(200_000));

        _time.RunUntil(100 * _second);

        Assert.Equal([10_002_000], _log);
    }

    [Fact]
    public void StoppedProcess_GoesOnWhenContinued()
    {
        Start(Clock(0));
        _time.RunUntil(_second / 2);
        _process.Stop();
        _time.RunUntil(3 * _second);
        Assert.Empty(_log);

        _process.Continue();
        _time.RunUntil(3 * _second);

        Assert.Equal([3 * _second], _log);
    }

    [Fact]
    public void KilledProcess_DoesNothingMore()
    {
        Start(Clock(0));
        _process.Kill();

        _time.RunUntil(100 * _second);

        Assert.Empty(_log);
    }

    [Fact]
    public void StalledProcess_StandsInTheMiddleOfItsCode_WhileOthersGoOn()
    {
        var other = new VirtualProcess(_time, new Random(2));
        _time.Schedule(2, other, _ => _log.Add(-_time.Now), null);
        var clock = new InstanceClock(_time, _process, new Random(3), 0, new(1, 10));

        _process.Deliver(_ => _log.Add(clock.TrueInstant(clock.GetTimestamp())));

        Assert.Equal(-2, _log[0]);
        Assert.Equal(2, _log.Count);
    }

    [Fact]
    public void CodeThatLeavesTheThread_IsFound()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var done = new ManualResetEventSlim();
        async void Leave()
        {
            await source.Task.ConfigureAwait(false);
            _process.Post(_ => { }, null);
            done.Set();
        }

        _process.Deliver(_ => Leave());
        source.SetResult();

        done.Wait(TestContext.Current.CancellationToken);
        Assert.NotNull(_time.Stray);
    }

    [Fact]
    public void Clock_ReadsBack_ToTheTrueInstant()
    {
        var clock = Clock(-200_000);

        _time.RunUntil(50 * _second);

        Assert.InRange(clock.TrueInstant(clock.GetTimestamp()), (50 * _second) - 2, 50 * _second);
    }

    private InstanceClock Clock(long drift) => new(_time, _process, new Random(1), drift, default);

    private void Start(InstanceClock clock)
    {
        async void Wait()
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
            _log.Add(_time.Now);
        }

        _process.Deliver(_ => Wait());
    }
}
