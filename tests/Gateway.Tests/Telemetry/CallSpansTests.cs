using System.Collections.Concurrent;
using System.Diagnostics;
using Gateway.Telemetry;
using Gateway.Tests.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Telemetry;

/// <summary>The spans of calls to services, by the HTTP semantic conventions: what a trace shows below the request.</summary>
public sealed class CallSpansTests : IAsyncLifetime
{
    private const string Config = """
        version: 1
        services:
          one: "${env:ONE}"
          gone: { urls: "http://127.0.0.1:1", retry: { attempts: 1 } }
          busy: { urls: "${env:ONE}", retry: { attempts: 2, on: [503] } }
        defaults: { auth: anonymous }
        routes:
          item: { match: "/items/{id}", forward: one }
          gone: { match: "GET /gone/{id}", forward: gone }
          busy: { match: "GET /busy/{id}", forward: busy }
          both: { match: "GET /both/{id}", compose: { first: "GET one:/first/{id}?q=s3cret", second: "GET one:/second/{id}" } }
        """;

    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentQueue<string> _parents = new();
    private readonly ActivityListener _listener;
    private RunningGateway _gateway = null!;
    private TestServer _service = null!;
    private int _failing;

    public CallSpansTests()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == GatewayInstruments.Name,
            // Other tests run beside this one.
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == _trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public async ValueTask InitializeAsync()
    {
        _service = await TestServer.StartAsync(AnswerAsync);
        _gateway = await RunningGateway.StartAsync(Config, new() { Environment = new Dictionary<string, string> { ["ONE"] = _service.Url } });
    }

    [Fact]
    public async Task Call_IsASpanBelowTheRequests_WhichTheServiceIsToldOf()
    {
        await GetAsync("/items/ada%40example.com?token=s3cret", 200);

        var (request, call) = (Span(ActivityKind.Server), Span(ActivityKind.Client));
        Assert.Equal(request.SpanId, call.ParentSpanId);
        Assert.Equal($"00-{_trace}-{call.SpanId}-01", Assert.Single(_parents));
        Assert.Equal("GET one", call.DisplayName);
        Assert.Equal("GET /items/{id}", request.DisplayName);
        Assert.Equal(ActivityStatusCode.Unset, call.Status);
        Assert.Equal(
            ["http.request.method=GET", "http.response.status_code=200", "network.protocol.version=1.1", "peer.service=one", "server.address=127.0.0.1", $"server.port={_service.Port}"],
            Tags(call));
    }

    [Fact]
    public async Task Parts_AreASpanEach_NamedByThePart()
    {
        await GetAsync("/both/ada", 200);

        var request = Span(ActivityKind.Server);
        var calls = _spans.Where(span => span.Kind == ActivityKind.Client).ToList();
        Assert.All(calls, call => Assert.Equal(request.SpanId, call.ParentSpanId));
        Assert.Equal(["first", "second"], calls.Select(call => (string)call.GetTagItem("gateway.part")!).Order());
        Assert.Equal(calls.Select(call => $"00-{_trace}-{call.SpanId}-01").Order(), _parents.Order());
    }

    [Fact]
    public async Task Repeat_IsASpanOfItsOwn_ThatSaysSo()
    {
        _failing = 1;

        await GetAsync("/busy/1", 200);

        var calls = _spans.Where(span => span.Kind == ActivityKind.Client).ToList();
        Assert.Equal([503, 200], calls.Select(call => call.GetTagItem("http.response.status_code")));
        Assert.Equal([null, 1], calls.Select(call => call.GetTagItem("http.request.resend_count")));
        Assert.Equal(["503", null], calls.Select(call => call.GetTagItem("error.type")));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], calls.Select(call => call.Status));
        Assert.Equal(calls.Select(call => $"00-{_trace}-{call.SpanId}-01"), _parents);
    }

    [Fact]
    public async Task Call_WithoutAnswer_IsAnError_ByTheNameOfTheProblem()
    {
        await GetAsync("/gone/1", 502);

        var call = Span(ActivityKind.Client);
        Assert.Equal(ActivityStatusCode.Error, call.Status);
        Assert.Equal("upstream-unreachable", call.GetTagItem("error.type"));
        Assert.Null(call.GetTagItem("http.response.status_code"));
    }

    [Theory]
    [InlineData("/items/ada%40example.com?token=s3cret")]
    [InlineData("/both/ada%40example.com?token=s3cret")]
    public async Task Spans_HoldNeitherPathNorQuery(string target)
    {
        await GetAsync(target, 200);

        Assert.All(_spans, span => Assert.DoesNotContain(
            [span.OperationName, span.DisplayName, span.StatusDescription ?? "", .. Tags(span)],
            text => text.Contains("s3cret", StringComparison.Ordinal) || text.Contains("ada", StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _gateway.DisposeAsync();
        await _service.DisposeAsync();
    }

    // The span of a request ends after its answer: the server waits for it before it goes.
    private async Task GetAsync(string target, int status)
    {
        var answer = await _gateway.SendAsync($"GET {target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\ntraceparent: 00-{_trace}-b7ad6b7169203331-01\r\n\r\n");
        Assert.Equal(status, answer.Status);
        await _gateway.LogLineAsync($"request={answer.Fields["X-Request-Id"]}");
    }

    private Activity Span(ActivityKind kind) => Assert.Single(_spans, span => span.Kind == kind);

    private static IEnumerable<string> Tags(Activity span) => span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal);

    private Task AnswerAsync(HttpContext context)
    {
        _parents.Enqueue(context.Request.Headers.TraceParent.ToString());
        context.Response.StatusCode = Interlocked.Decrement(ref _failing) >= 0 ? 503 : 200;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("{\"ok\":true}");
    }
}
