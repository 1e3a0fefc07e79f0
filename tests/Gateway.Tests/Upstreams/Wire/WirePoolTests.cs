using System.Net.Sockets;
using Gateway.Errors;
using Gateway.Upstreams;
using Gateway.Upstreams.Wire;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Upstreams.Wire;

public sealed class WirePoolTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Dials _dials = new();
    private readonly WirePool _pool;

    public WirePoolTests() => _pool = new(new("http://backend.example:8080/base/"), _dials, new() { Connect = TimeSpan.FromSeconds(2) }, _time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Address_IsToldAsTheServiceKnowsIt() => Assert.Equal(("backend.example:8080", "/base"), (_pool.HostField, _pool.Path));

    [Fact]
    public async Task Returned_IsRentedAgain_TheLastFirst()
    {
        var (one, two) = (await DialAsync(), await DialAsync());
        _pool.Return(one);
        _pool.Return(two);

        Assert.Same(two, _pool.TryRent());
        Assert.Same(one, _pool.TryRent());
        Assert.Null(_pool.TryRent());
    }

    [Fact]
    public async Task Idle_ForAMinute_IsClosed()
    {
        _pool.Return(await DialAsync());

        _time.Advance(WirePool.IdleTime);

        Assert.True(_dials.Streams[0].IsClosed);
        Assert.Null(_pool.TryRent());
    }

    [Fact]
    public async Task Old_IsNotTakenBack_HoweverBusy()
    {
        var connection = await DialAsync();
        for (var minute = 0; minute < 3; minute++)
        {
            _time.Advance(TimeSpan.FromSeconds(59));
            _pool.Return(connection);
            Assert.Same(connection, _pool.TryRent());
        }

        _time.Advance(TimeSpan.FromSeconds(4));
        _pool.Return(connection);

        Assert.True(_dials.Streams[0].IsClosed);
        Assert.Null(_pool.TryRent());
    }

    [Fact]
    public async Task CallerThatLeft_TakesItsConnectionAlong()
    {
        using var caller = new CancellationTokenSource();
        var connection = await DialAsync();
        connection.Begin(caller.Token);

        await caller.CancelAsync();
        connection.End();
        _pool.Return(connection);

        Assert.Null(_pool.TryRent());
        Assert.Equal(GatewayError.ClientGone, connection.Explain(new IOException()).Error);
    }

    [Fact]
    public async Task Dial_ThatTakesTooLong_SaysHowFarItCame()
    {
        _dials.Waits = true;

        var dialing = _pool.DialAsync(TimeSpan.FromSeconds(10), Stop).AsTask();
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(new(GatewayError.UpstreamTimeout, FailurePoint.Connecting), (await Assert.ThrowsAsync<WireException>(() => dialing)).Failure);
    }

    [Fact]
    public async Task Dial_ThatIsRefused_IsUnreachable()
    {
        _dials.Refuses = true;

        var refused = await Assert.ThrowsAsync<WireException>(() => _pool.DialAsync(TimeSpan.FromSeconds(10), Stop).AsTask());

        Assert.Equal(new(GatewayError.UpstreamUnreachable, FailurePoint.Connecting), refused.Failure);
    }

    [Fact]
    public async Task Dial_OfACallerThatLeft_IsNoFaultOfTheService()
    {
        _dials.Waits = true;
        using var caller = new CancellationTokenSource();

        var dialing = _pool.DialAsync(TimeSpan.FromSeconds(10), caller.Token).AsTask();
        await caller.CancelAsync();

        Assert.Equal(GatewayError.ClientGone, (await Assert.ThrowsAsync<WireException>(() => dialing)).Failure.Error);
    }

    private ValueTask<WireConnection> DialAsync() => _pool.DialAsync(TimeSpan.FromSeconds(10), Stop);

    private sealed class Dials : IWireDial
    {
        public List<Line> Streams { get; } = [];

        public bool Waits { get; set; }

        public bool Refuses { get; set; }

        public async ValueTask<(Stream Stream, Socket? Socket)> ConnectAsync(Uri address, CancellationToken cancellation)
        {
            if (Refuses)
            {
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            if (Waits)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            }

            var line = new Line();
            Streams.Add(line);
            return (line, null);
        }
    }

    private sealed class Line : MemoryStream
    {
        public bool IsClosed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
