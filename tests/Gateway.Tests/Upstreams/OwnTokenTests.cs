using Azure.Core;
using Gateway.Upstreams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Upstreams;

public sealed class OwnTokenTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeIdentity _identity = new();
    private readonly FakeLogger _logger = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly System.Diagnostics.Metrics.IMeterFactory _meters;
    private readonly OwnToken _token;

    public OwnTokenTests()
    {
        _meters = _services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        _token = new("api://orders/.default", _identity, _time, new(new(_meters), _logger));
        Gets("t-1", TimeSpan.FromHours(1));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Get_WhileItIsFresh_AsksOnceAndAllocatesNothing()
    {
        var first = await _token.GetAsync(Stop);
        _time.Advance(TimeSpan.FromMinutes(54));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = _token.GetAsync(Stop);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal("Bearer t-1", first);
        Assert.Same(first, await second);
        Assert.Equal(0, allocated);
        Assert.Equal((1, "api://orders/.default"), (_identity.Asked, Assert.Single(_identity.Scopes)));
    }

    [Fact]
    public async Task Get_ShortlyBeforeTheEnd_StillGivesTheOldOne_AndAsksInTheBackground()
    {
        await _token.GetAsync(Stop);
        _time.Advance(TimeSpan.FromMinutes(56));
        using var asked = new MetricCollector<long>(_meters, "ServerlessGateway", "gateway.upstream.tokens");
        var gate = new TaskCompletionSource();
        _identity.Gate = gate.Task;
        Gets("t-2", TimeSpan.FromHours(1));

        Assert.Equal("Bearer t-1", await _token.GetAsync(Stop));
        Assert.Equal("Bearer t-1", await _token.GetAsync(Stop));
        gate.SetResult();
        await asked.WaitForMeasurementsAsync(1, Stop);
        _time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal("Bearer t-2", await _token.GetAsync(Stop));
        Assert.Equal(2, _identity.Asked);
    }

    [Fact]
    public async Task Get_WhereTheIdentitySaysWhenToRefresh_RefreshesThen()
    {
        _identity.Token = () => new("t-1", _time.GetUtcNow().AddHours(1), _time.GetUtcNow().AddMinutes(10));
        await _token.GetAsync(Stop);
        using var asked = new MetricCollector<long>(_meters, "ServerlessGateway", "gateway.upstream.tokens");

        _time.Advance(TimeSpan.FromMinutes(11));
        await _token.GetAsync(Stop);
        await asked.WaitForMeasurementsAsync(1, Stop);

        Assert.Equal(2, _identity.Asked);
    }

    [Fact]
    public async Task Get_ByManyAtOnce_AsksOnce()
    {
        var gate = new TaskCompletionSource();
        _identity.Gate = gate.Task;
        var calls = Enumerable.Range(0, 50).Select(_ => _token.GetAsync(Stop).AsTask()).ToList();

        gate.SetResult();

        Assert.All(await Task.WhenAll(calls), field => Assert.Equal("Bearer t-1", field));
        Assert.Equal(1, _identity.Asked);
    }

    [Fact]
    public async Task Get_OfAnIdentityThatHangs_WaitsSoLongAndNoLonger_AndAsksOnlyOnce()
    {
        var gate = new TaskCompletionSource();
        _identity.Gate = gate.Task;
        var waiting = _token.GetAsync(Stop).AsTask();

        _time.Advance(OwnToken.Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<NoTokenException>(() => waiting);
        var later = _token.GetAsync(Stop).AsTask();
        gate.SetResult();

        Assert.Equal("Bearer t-1", await later);
        Assert.Equal(1, _identity.Asked);
    }

    [Fact]
    public async Task Get_AfterAFailure_AsksAgainASecondLater_AndSaysItOnce()
    {
        using var asked = new MetricCollector<long>(_meters, "ServerlessGateway", "gateway.upstream.tokens");
        _identity.Fault = new InvalidOperationException("no identity endpoint");

        await Assert.ThrowsAsync<NoTokenException>(() => _token.GetAsync(Stop).AsTask());
        await Assert.ThrowsAsync<NoTokenException>(() => _token.GetAsync(Stop).AsTask());
        Assert.Equal(1, _identity.Asked);
        _time.Advance(OwnToken.RetryAfter);
        await Assert.ThrowsAsync<NoTokenException>(() => _token.GetAsync(Stop).AsTask());
        _time.Advance(OwnToken.RetryAfter);
        _identity.Fault = null;
        await _token.GetAsync(Stop);

        Assert.Equal(3, _identity.Asked);
        Assert.Equal(["failed", "failed", "got"], asked.GetMeasurementSnapshot().Select(measured => measured.Tags["outcome"]));
        Assert.Collection(
            _logger.Collector.GetSnapshot(),
            line => Assert.StartsWith("The gateway's identity gets no token for api://orders/.default", line.Message, StringComparison.Ordinal),
            line => Assert.Contains("again", line.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_WhenItCannotBeRenewed_UsesTheLastOneForAsLongAsItIsValid()
    {
        await _token.GetAsync(Stop);
        _identity.Fault = new InvalidOperationException("away");

        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("Bearer t-1", await _token.GetAsync(Stop));
        _time.Advance(TimeSpan.FromSeconds(31));

        await Assert.ThrowsAsync<NoTokenException>(() => _token.GetAsync(Stop).AsTask());
    }

    [Theory]
    [InlineData("", 60), InlineData("a b", 60), InlineData("a\r\nX-Evil: 1", 60), InlineData("é", 60), InlineData("t", 0), InlineData("t", -60)]
    public async Task Get_OfATokenThatIsNone_IsAFailure(string token, int seconds)
    {
        Gets(token, TimeSpan.FromSeconds(seconds));

        await Assert.ThrowsAsync<NoTokenException>(() => _token.GetAsync(Stop).AsTask());
    }

    [Fact]
    public async Task Get_ByACallerWhoLeaves_EndsForThatCallerAlone()
    {
        var gate = new TaskCompletionSource();
        _identity.Gate = gate.Task;
        using var caller = new CancellationTokenSource();
        var (leaving, staying) = (_token.GetAsync(caller.Token).AsTask(), _token.GetAsync(Stop).AsTask());

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        gate.SetResult();

        Assert.Equal("Bearer t-1", await staying);
    }

    [Fact]
    public void Held_ShowsNobodyItsToken() =>
        Assert.DoesNotContain("s3cret", $"{HeldToken.Of(new("s3cret", _time.GetUtcNow().AddHours(1)), _time.GetUtcNow())}", StringComparison.Ordinal);

    private void Gets(string token, TimeSpan life) => _identity.Token = () => new(token, _time.GetUtcNow() + life);
}
