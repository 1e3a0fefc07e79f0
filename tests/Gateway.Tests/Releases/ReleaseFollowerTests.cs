using System.Threading.Channels;
using Gateway.Releases;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Releases;

public sealed class ReleaseFollowerTests : IDisposable
{
    private static readonly TimeSpan Period = new GatewayOptions { ConfigPath = "" }.ReleasePeriod;

    private readonly ReleaseWorld _world = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Start_LooksAtNothing_UntilTheHostHasStarted()
    {
        var looked = new TaskCompletionSource();
        _world.Blobs.Reading = looked.SetResult;
        using var follower = new ReleaseFollower(_world.Followed, Period, new Random(1), _time, NullLogger<ReleaseFollower>.Instance);

        await follower.StartAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(_world.Blobs.Reads);

        await follower.StartedAsync(TestContext.Current.CancellationToken);
        await looked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await follower.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Looks_ComeEveryFiveSecondsOrSo_AlsoAfterOneThatFailed()
    {
        var time = new WatchedTime();
        _world.Blobs.Reading = () => throw new InvalidOperationException("a surprise");
        using var follower = new ReleaseFollower(_world.Followed, Period, new Random(1), time, NullLogger<ReleaseFollower>.Instance);
        await follower.StartAsync(TestContext.Current.CancellationToken);
        await follower.StartedAsync(TestContext.Current.CancellationToken);

        // With two reads of 2 s at most each, a move is followed within 10 s.
        for (var look = 1; look <= 20; look++)
        {
            var wait = await time.Waits.Reader.ReadAsync(TestContext.Current.CancellationToken);
            Assert.InRange(wait.TotalSeconds, 4.5, 5.5);
            Assert.Equal(look, _world.Blobs.Reads.Count);
            time.Advance(wait);
        }

        await follower.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Follower_WithoutBlobs_EndsAtOnce()
    {
        using var follower = new ReleaseFollower(null, Period, new Random(1), _time, NullLogger<ReleaseFollower>.Instance);

        await follower.StartAsync(TestContext.Current.CancellationToken);

        await follower.ExecuteTask!.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Tells for how long somebody waits, as soon as they do.</summary>
    private sealed class WatchedTime : FakeTimeProvider
    {
        public Channel<TimeSpan> Waits { get; } = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Waits.Writer.TryWrite(dueTime);
            return timer;
        }
    }
}
