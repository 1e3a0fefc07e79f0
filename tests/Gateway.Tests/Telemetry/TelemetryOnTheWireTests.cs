using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gateway.Configuration;
using Gateway.Tests.Forwarding;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Gateway.Tests.Telemetry;

/// <summary>What operators and the services behind see of a request through the whole gateway.</summary>
public sealed class TelemetryOnTheWireTests : IAsyncLifetime
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string CallerSpan = "b7ad6b7169203331";

    private const string Config = """
        version: 1
        services:
          one: "${env:ONE}"
          two: "${env:TWO}"
        defaults: { auth: anonymous }
        routes:
          item: { match: "GET /items/{id}", forward: one }
          answer: { match: "GET /answers/{id}", respond: { status: 204 } }
          both: { match: GET /both, compose: { first: "GET one:/first", second: "GET two:/second", third: "GET two:/third?of={parts.first.ok}" } }
        """;

    private readonly ConcurrentQueue<(string Path, string Parent, string State)> _calls = new();
    private readonly List<IAsyncDisposable> _parts = [];
    private RunningGateway _gateway = null!;
    private TestServer _one = null!;

    public async ValueTask InitializeAsync()
    {
        _one = await TestServer.StartAsync(AnswerAsync);
        var two = await TestServer.StartAsync(AnswerAsync);
        _gateway = await RunningGateway.StartAsync(Config, new() { Environment = new Dictionary<string, string> { ["ONE"] = _one.Url, ["TWO"] = two.Url } });
        _parts.AddRange([_gateway, _one, two]);
    }

    [Fact]
    public async Task Trace_OverAComposedAnswer_GoesOnToEveryService_EachBelowItsOwnSpan()
    {
        await GetAsync("/both", $"traceparent: 00-{TraceId}-{CallerSpan}-01\r\ntracestate: vendor=1,other=2\r\n");

        var parents = _calls.Select(call => Parse(call.Parent)).ToList();
        Assert.Equal(["/first", "/second", "/third"], _calls.Select(call => call.Path).Order());
        Assert.All(parents, parent => Assert.Equal(TraceId, parent.TraceId.ToHexString()));
        Assert.Equal(3, parents.Select(parent => parent.SpanId).Distinct().Count());
        Assert.DoesNotContain(CallerSpan, parents.Select(parent => parent.SpanId.ToHexString()));
        Assert.All(_calls, call => Assert.Equal("vendor=1,other=2", call.State.Replace(" ", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/both", $"00-{TraceId}-0000000000000000-01")]
    [InlineData("/both", $"ff-{TraceId}-{CallerSpan}-01")]
    [InlineData("/items/1", $"00-{TraceId}-{CallerSpan}")]
    [InlineData("/items/1", $"00-{TraceId}-{CallerSpan}-01\r\ntraceparent: 00-{TraceId}-{CallerSpan}-01")]
    public async Task Trace_Malformed_BeginsAnew_ForEveryServiceTheSame(string path, string parent)
    {
        await GetAsync(path, $"traceparent: {parent}\r\ntracestate: vendor=1\r\n");

        Assert.NotEqual(TraceId, Assert.Single(_calls.Select(call => Parse(call.Parent).TraceId.ToHexString()).Distinct()));
        Assert.All(_calls, call => Assert.Empty(call.State));
    }

    [Fact]
    public async Task Metrics_OfManyPaths_AreOneSeriesForEachRoute_OnBothSidesOfTheGateway()
    {
        using var served = Collect<double>("http.server.request.duration");
        using var attempts = Collect<long>("gateway.upstream.attempts");

        for (var id = 0; id < 20; id++)
        {
            await GetAsync($"/items/{id}?q={id}", "");
        }

        var series = Assert.Single(served.GetMeasurementSnapshot().GroupBy(measured => string.Join(' ', measured.Tags.OrderBy(tag => tag.Key).Select(tag => $"{tag.Key}={tag.Value}"))));
        Assert.Equal("http.request.method=GET http.response.status_code=200 http.route=/items/{id} network.protocol.version=1.1 url.scheme=http", series.Key);
        Assert.Equal(20, series.Count());
        Assert.All(series, measured => Assert.InRange(measured.Value, 0, 60)); // seconds
        Assert.Equal("s", served.Instrument!.Unit);
        Assert.Equal(20, attempts.GetMeasurementSnapshot().Count(measured => measured.Tags is { } tags && Equals(tags["service"], "one") && Equals(tags["outcome"], "answered")));
        Assert.Single(attempts.GetMeasurementSnapshot().Where(measured => Equals(measured.Tags["service"], "one")).Select(measured => string.Join(' ', measured.Tags.OrderBy(tag => tag.Key))).Distinct());
    }

    [Fact]
    public async Task Metrics_OfTenThousandPaths_AreAsManySeriesAsRoutes()
    {
        using var served = Collect<double>("http.server.request.duration");
        using var client = new HttpClient { BaseAddress = new(_gateway.Url) };

        for (var id = 0; id < 5_000; id++)
        {
            foreach (var path in new[] { $"/answers/{id}", $"/nowhere/{id}" })
            {
                using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            }
        }

        // A path that no route takes has no route to be named by.
        var series = served.GetMeasurementSnapshot().CountBy(measured => measured.Tags.GetValueOrDefault("http.route") as string ?? "").ToDictionary();
        Assert.Equal(["", "/answers/{id}"], series.Keys.Order());
        Assert.InRange(series.Values.Sum(), 9_999, 10_000); // the last answer may overtake its own measurement
        Assert.Equal(2, served.GetMeasurementSnapshot().DistinctBy(measured => string.Join(' ', measured.Tags.OrderBy(tag => tag.Key))).Count());
    }

    [Fact]
    public async Task Log_OfARequest_IsOneLine_NamingRouteServiceAndId()
    {
        var answer = await GetAsync("/items/7", "");

        var line = await _gateway.LogLineAsync($"request={answer.Fields["X-Request-Id"]}");
        Assert.Contains("GET route=item status=200 ", line, StringComparison.Ordinal);
        Assert.Contains($"service=one url={_one.Url}", line, StringComparison.Ordinal);
        Assert.Contains($"release={_gateway.Services.GetRequiredService<SnapshotSource>().Current!.Release}", line, StringComparison.Ordinal);
        Assert.DoesNotContain("/items/7", line, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }
    }

    private async Task<WireAnswer> GetAsync(string target, string fields)
    {
        var answer = await _gateway.SendAsync($"GET {target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{fields}\r\n");
        Assert.Equal(200, answer.Status);
        return answer;
    }

    private Task AnswerAsync(HttpContext context)
    {
        _calls.Enqueue((context.Request.Path, context.Request.Headers.TraceParent.ToString(), context.Request.Headers.TraceState.ToString()));
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("{\"ok\":true}");
    }

    private MetricCollector<T> Collect<T>(string name)
        where T : struct => new(_gateway.Services.GetRequiredService<IMeterFactory>(), "ServerlessGateway", name);

    private static ActivityContext Parse(string parent) => ActivityContext.Parse(parent, null);
}
