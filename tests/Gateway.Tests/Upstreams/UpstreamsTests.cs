using System.Net;
using System.Text;
using Gateway.Errors;
using Gateway.Upstreams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Upstreams;

/// <summary>Live services without a network: what answers is a function.</summary>
public sealed class UpstreamsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeHandlers _handlers = new();
    private readonly ServiceProvider _services;
    private readonly Gateway.Upstreams.Upstreams _upstreams;

    public UpstreamsTests()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton(new Random(42))
            .AddSingleton<IUpstreamHandlers>(_handlers)
            .AddUpstreams()
            .BuildServiceProvider();
        _upstreams = _services.GetRequiredService<Gateway.Upstreams.Upstreams>();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Ejection_AfterFailuresInARow_ForItsTime_ThenOneMoreFailureIsEnough()
    {
        var upstream = Get(new() { Urls = ["http://a", "http://b"], Balance = BalanceMode.First, Retry = new() { Attempts = 1 }, Eject = new() { After = 2, For = TimeSpan.FromSeconds(30) } });
        _handlers.Answer = url => url.Host == "a" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;

        Assert.Equal(["a", "a", "b", "b"], await HostsAsync(upstream, 4));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(["b"], await HostsAsync(upstream, 1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a", "b"], await HostsAsync(upstream, 2));
        _time.Advance(TimeSpan.FromSeconds(30));
        _handlers.Answer = _ => HttpStatusCode.OK;
        Assert.Equal(["a", "a"], await HostsAsync(upstream, 2));
        _handlers.Answer = url => url.Host == "a" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;
        Assert.Equal(["a", "a", "b"], await HostsAsync(upstream, 3));
    }

    [Fact]
    public async Task Ejection_OfAll_IsOfNone()
    {
        var upstream = Get(new() { Urls = ["http://a", "http://b"], Balance = BalanceMode.RoundRobin, Retry = new() { Attempts = 1 }, Eject = new() { After = 1 } });
        _handlers.Answer = _ => HttpStatusCode.BadGateway;

        var hosts = await HostsAsync(upstream, 6);

        Assert.All(["a", "b"], host => Assert.True(hosts[2..].Count(seen => seen == host) == 2, string.Join(' ', hosts)));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, false), InlineData(HttpStatusCode.TooManyRequests, false), InlineData(HttpStatusCode.NotFound, false)]
    [InlineData(HttpStatusCode.BadGateway, true), InlineData(HttpStatusCode.ServiceUnavailable, true), InlineData(HttpStatusCode.GatewayTimeout, true)]
    public async Task Ejection_ByStatus(HttpStatusCode status, bool ejects)
    {
        var upstream = Get(new() { Urls = ["http://a", "http://b"], Balance = BalanceMode.First, Eject = new() { After = 1 } });
        _handlers.Answer = _ => status;

        var hosts = await HostsAsync(upstream, 2);

        Assert.Equal(["a", ejects ? "b" : "a"], hosts);
    }

    [Fact]
    public async Task Ejection_IsCountedOnce_AndSoAreRepeats()
    {
        using var ejections = new MetricCollector<long>(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "ServerlessGateway", "gateway.upstream.ejections");
        using var repeats = new MetricCollector<long>(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "ServerlessGateway", "gateway.upstream.retries");
        var upstream = Get(new() { Urls = ["http://a"], Eject = new() { After = 1 } });
        _handlers.Fails = _ => new HttpRequestException(HttpRequestError.ConnectionError, "refused");

        var failure = await Assert.ThrowsAsync<UpstreamException>(() => HostsAsync(upstream, 1));

        Assert.Equal(GatewayError.UpstreamUnreachable, failure.Error);
        Assert.Single(ejections.GetMeasurementSnapshot());
        Assert.Single(repeats.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task TwoChoices_IsEven_AndAvoidsTheBusy()
    {
        var upstream = Get(new() { Urls = ["http://a", "http://b", "http://c", "http://d"] });
        var even = (await HostsAsync(upstream, 4000)).CountBy(host => host).ToDictionary();
        Assert.All(even.Values, count => Assert.InRange(count, 850, 1150));

        upstream.Urls[0].Begin();
        var avoiding = await HostsAsync(upstream, 1000);

        // With one request under way it loses every comparison.
        Assert.DoesNotContain("a", avoiding);
    }

    [Fact]
    public async Task RoundRobin_TakesEachInTurn()
    {
        var upstream = Get(new() { Urls = ["http://a", "http://b", "http://c"], Balance = BalanceMode.RoundRobin });

        Assert.Equal(["a", "b", "c", "a", "b", "c"], await HostsAsync(upstream, 6));
    }

    [Fact]
    public async Task InFlight_LastsUntilTheAnswerIsLetGoOf()
    {
        var upstream = Get(new() { Urls = ["http://a"] });

        var answer = await upstream.SendAsync(url => new(HttpMethod.Get, url), null, null, Stop);
        Assert.Equal(1, upstream.Urls[0].InFlight);
        Assert.Equal("hello", await answer.Content.ReadAsStringAsync(Stop));
        answer.Dispose();

        Assert.Equal(0, upstream.Urls[0].InFlight);
    }

    [Fact]
    public async Task SendAsync_FirstByteTimesOut_IsATimeout_AndNotRepeated()
    {
        var upstream = Get(new() { Urls = ["http://a"], Timeout = new() { FirstByte = TimeSpan.FromSeconds(3) } });
        _handlers.Hangs = true;

        var sending = upstream.SendAsync(url => new(HttpMethod.Get, url), null, null, Stop);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(GatewayError.UpstreamTimeout, (await Assert.ThrowsAsync<UpstreamException>(() => sending)).Error);
        Assert.Single(_handlers.Requests);
        Assert.Equal(0, upstream.Urls[0].InFlight);
    }

    [Fact]
    public async Task SendAsync_WithADeadline_WaitsThatLong_HoweverShortTheServicesTime()
    {
        var upstream = Get(new() { Urls = ["http://a"], Timeout = new() { FirstByte = TimeSpan.FromSeconds(3) } });
        _handlers.Hangs = true;

        var sending = upstream.SendAsync(url => new(HttpMethod.Get, url), null, TimeSpan.FromSeconds(20), Stop);
        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(sending.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(GatewayError.UpstreamTimeout, (await Assert.ThrowsAsync<UpstreamException>(() => sending)).Error);
    }

    [Fact]
    public async Task SendAsync_CallerGivesUp_IsACancellation_AndNoFailureOfTheService()
    {
        var upstream = Get(new() { Urls = ["http://a", "http://b"], Balance = BalanceMode.First, Eject = new() { After = 1 } });
        using var caller = new CancellationTokenSource();
        _handlers.Hangs = true;

        var sending = upstream.SendAsync(url => new(HttpMethod.Get, url), null, null, caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.False(upstream.Urls[0].IsOut);
    }

    [Fact]
    public async Task SendAsync_RepeatsWithANewRequest_AtTheOtherUrl_WithTheServicesHeaders()
    {
        var upstream = Get(new()
        {
            Urls = ["http://a", "http://b"], Balance = BalanceMode.First, Host = "orders.internal",
            Retry = new() { On = ["503"] }, Headers = new() { Set = new Dictionary<string, string> { ["api-key"] = "k" } },
        });
        _handlers.Answer = url => url.Host == "a" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;

        using var answer = await upstream.SendAsync(url => new(HttpMethod.Put, url) { Content = new StringContent("x", Encoding.UTF8) }, null, null, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["a", "b"], _handlers.Requests.Select(request => request.RequestUri!.Host));
        Assert.All(_handlers.Requests, request => Assert.Equal(("orders.internal", "k"), (request.Headers.Host, request.Headers.GetValues("api-key").Single())));
    }

    [Theory]
    [InlineData("a", true), InlineData("b", false)]
    public void Reload_SameSettings_SameLiveService(string second, bool same)
    {
        var before = Get(new() { Urls = ["http://a"], Headers = new() { Set = new Dictionary<string, string> { ["k"] = "v" } } });
        var after = Get(new() { Urls = [$"http://{second}"], Headers = new() { Set = new Dictionary<string, string> { ["k"] = "v" } } });

        Assert.Equal(same, ReferenceEquals(before, after));
        Assert.Equal(same ? 1 : 2, _handlers.Created);
    }

    [Fact]
    public void Reload_SameSettingsUnderAnotherName_AnotherService()
    {
        var config = new ServiceConfig { Urls = ["http://a"] };

        Assert.NotSame(Get(config), Get(config, "other"));
    }

    [Fact]
    public async Task Reload_KeepsHealth()
    {
        var service = new ServiceConfig { Urls = ["http://a", "http://b"], Balance = BalanceMode.First, Eject = new() { After = 1 } };
        var before = Get(service);
        _handlers.Answer = url => url.Host == "a" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;
        await HostsAsync(before, 1);

        var hosts = await HostsAsync(Get(service with { Urls = ["http://a", "http://b"] }), 1);

        Assert.Equal(["b"], hosts);
    }

    [Fact]
    public async Task Reload_OtherSettings_LeaveCallsUnderWayAlone()
    {
        var before = Get(new() { Urls = ["http://a"] });
        var release = new TaskCompletionSource();
        _handlers.Gate = release.Task;
        var sending = before.SendAsync(url => new(HttpMethod.Get, url), null, null, Stop);

        Get(new() { Urls = ["http://b"] });
        release.SetResult();

        using var answer = await sending;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Upstream Get(ServiceConfig service, string name = "orders") =>
        _upstreams.Get(name, new GatewayConfig { Version = 1, Services = new Dictionary<string, ServiceConfig> { [name] = service } });

    private async Task<List<string>> HostsAsync(Upstream upstream, int calls)
    {
        var hosts = new List<string>();
        for (var call = 0; call < calls; call++)
        {
            using var answer = await upstream.SendAsync(url => new(HttpMethod.Get, url), null, null, Stop);
            hosts.Add(_handlers.Requests[^1].RequestUri!.Host);
        }

        return hosts;
    }

    private sealed class FakeHandlers : IUpstreamHandlers
    {
        public Func<Uri, HttpStatusCode> Answer { get; set; } = _ => HttpStatusCode.OK;

        public Func<Uri, Exception?> Fails { get; set; } = _ => null;

        public bool Hangs { get; set; }

        public Task Gate { get; set; } = Task.CompletedTask;

        public List<HttpRequestMessage> Requests { get; } = [];

        public int Created { get; private set; }

        public HttpMessageHandler Create(string service, ServiceConfig config)
        {
            Created++;
            return new Handler(this);
        }

        private sealed class Handler(FakeHandlers owner) : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                owner.Requests.Add(request);
                await owner.Gate;
                if (owner.Hangs)
                {
                    await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                }

                return owner.Fails(request.RequestUri!) is { } failure ? throw failure
                    : new(owner.Answer(request.RequestUri!)) { Content = new StringContent("hello"), RequestMessage = request };
            }
        }
    }
}
