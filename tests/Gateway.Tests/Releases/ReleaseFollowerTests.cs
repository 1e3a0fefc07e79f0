using Gateway.Releases;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Releases;

public sealed class ReleaseFollowerTests : IDisposable
{
    private readonly ReleaseWorld _world = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Start_LooksAtNothing_UntilTheHostHasStarted()
    {
        var looked = new TaskCompletionSource();
        _world.Blobs.Reading = looked.SetResult;
        using var follower = new ReleaseFollower(_world.Followed, new Random(1), _time, NullLogger<ReleaseFollower>.Instance);

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
        var looks = new SemaphoreSlim(0);
        var fails = true;
        _world.Blobs.Reading = () =>
        {
            looks.Release();
            if (fails)
            {
                throw new InvalidOperationException("a surprise");
            }
        };
        using var follower = new ReleaseFollower(_world.Followed, new Random(1), _time, NullLogger<ReleaseFollower>.Instance);
        await follower.StartAsync(TestContext.Current.CancellationToken);
        await follower.StartedAsync(TestContext.Current.CancellationToken);
        await looks.WaitAsync(TestContext.Current.CancellationToken);
        fails = false;
        _world.Blobs.Apply(ReleaseWorld.Config("one"));

        // The timer may not be set yet: time goes on until it has fired.
        while (!await looks.WaitAsync(0, TestContext.Current.CancellationToken))
        {
            _time.Advance(ReleaseFollower.Period * 1.1);
            await Task.Yield();
        }

        await follower.StopAsync(TestContext.Current.CancellationToken);
        Assert.Contains("current", _world.Blobs.Reads);
    }

    [Fact]
    public async Task Follower_WithoutBlobs_EndsAtOnce()
    {
        using var follower = new ReleaseFollower(null, new Random(1), _time, NullLogger<ReleaseFollower>.Instance);

        await follower.StartAsync(TestContext.Current.CancellationToken);

        await follower.ExecuteTask!.WaitAsync(TestContext.Current.CancellationToken);
    }
}
