using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Gateway.Errors;
using Gateway.Requests;
using Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Telemetry;

public sealed class TelemetryMiddlewareTests : IDisposable
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeLogger<AccessLog> _logger = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Request_LeavesOneLine_WithEveryField()
    {
        var context = NewContext();

        await Run(context, async c =>
        {
            var request = c.Gateway();
            request.Route = "shop/list";
            request.Release = "abc";
            request.ClientAddress = IPAddress.Parse("192.0.2.7");
            request.Caller = new() { Kind = CallerKind.ApiKey, Consumer = "dev", KeyId = "0123456789" };
            request.Upstream = new("orders", "http://localhost:7081", 200, 2, TimeSpan.FromMilliseconds(3));
            await c.Request.Body.ReadExactlyAsync(new byte[3]);
            await c.Response.Body.WriteAsync(new byte[5]);
            _time.Advance(TimeSpan.FromMilliseconds(12.5));
        });

        var line = Assert.Single(_logger.Collector.GetSnapshot());
        Assert.Equal(
            $"GET route=shop/list status=200 error= ms=12.5 service=orders url=http://localhost:7081 service_status=200 attempts=2 service_ms=3.0 consumer=dev key=0123456789 client=192.0.2.7 in=3 out=5 release=abc request={context.Gateway().Id}",
            line.Message);
    }

    [Fact]
    public async Task Consumer_ThatAnIssuerNamed_WritesNoFieldsOfItsOwn()
    {
        await Run(NewContext(), c =>
        {
            c.Gateway().Caller = new() { Kind = CallerKind.Token, Consumer = "local:x status=200\u001b[31m\nGET" };
            return Task.CompletedTask;
        });

        Assert.Contains(" consumer=local:x%20status=200%1B[31m%0AGET key=", Assert.Single(_logger.Collector.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_WrittenThroughThePipe_AreCounted()
    {
        await Run(NewContext(), async c =>
        {
            c.Response.BodyWriter.Write(new byte[7]);
            await c.Response.BodyWriter.FlushAsync();
        });

        Assert.Contains("out=7 ", Assert.Single(_logger.Collector.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_IsNamedInLineAndMetric()
    {
        using var durations = Durations();

        await Run(NewContext(), c =>
        {
            c.Response.StatusCode = 504;
            return c.Refuse(GatewayError.UpstreamTimeout);
        });

        Assert.Contains("error=upstream-timeout", Assert.Single(_logger.Collector.GetSnapshot()).Message, StringComparison.Ordinal);
        Assert.Equal("upstream-timeout", Assert.Single(durations.GetMeasurementSnapshot()).Tags["error.type"]);
    }

    [Fact]
    public async Task Duration_IsInSeconds_ByTemplateNotByPath()
    {
        using var durations = Durations();
        for (var i = 0; i < 100; i++)
        {
            var context = NewContext();
            context.Request.Path = $"/orders/{i}";
            await Run(context, c =>
            {
                c.Gateway().Template = "/orders/{id}";
                _time.Advance(TimeSpan.FromMilliseconds(250));
                return Task.CompletedTask;
            });
        }

        var series = durations.GetMeasurementSnapshot().GroupBy(measurement => string.Join(';', measurement.Tags.OrderBy(tag => tag.Key)));
        Assert.Single(series);
        Assert.All(durations.GetMeasurementSnapshot(), measurement => Assert.Equal(0.25, measurement.Value, 6));
        Assert.Equal("/orders/{id}", durations.LastMeasurement!.Tags["http.route"]);
    }

    [Fact]
    public async Task UnknownMethod_IsOther()
    {
        using var durations = Durations();
        var context = NewContext();
        context.Request.Method = "BREW";

        await Run(context, _ => Task.CompletedTask);

        Assert.Equal("_OTHER", durations.LastMeasurement!.Tags["http.request.method"]);
        Assert.StartsWith("_OTHER ", Assert.Single(_logger.Collector.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TraceParent_IsContinued(bool listened)
    {
        using var listener = listened ? Listen([]) : null;
        var context = NewContext();
        context.Request.Headers.TraceParent = Parent;
        context.Request.Headers.TraceState = "vendor=1";
        Activity? seen = null;

        await Run(context, _ =>
        {
            seen = Activity.Current;
            return Task.CompletedTask;
        });

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", seen!.TraceId.ToHexString());
        Assert.Equal("b7ad6b7169203331", seen.ParentSpanId.ToHexString());
        Assert.Equal("vendor=1", seen.TraceStateString);
    }

    [Fact]
    public async Task TraceParent_IsContinued_WithoutASpanWhereNobodyListens()
    {
        var context = NewContext();
        context.Request.Headers.TraceParent = Parent;
        TraceLink? seen = null;

        await Run(context, c =>
        {
            Assert.Null(Activity.Current);
            seen = c.Gateway().Trace;
            return Task.CompletedTask;
        });

        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", seen!.Value.NewParent(), StringComparison.Ordinal);
        Assert.EndsWith("-01", seen.Value.NewParent(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331")]
    [InlineData("nonsense")]
    public async Task TraceParent_Malformed_BeginsANewTrace(string parent)
    {
        using var listener = Listen([]);
        var context = NewContext();
        context.Request.Headers.TraceParent = parent;
        Activity? seen = null;

        await Run(context, _ =>
        {
            seen = Activity.Current;
            return Task.CompletedTask;
        });

        Assert.NotEqual(default, seen!.TraceId);
        Assert.Equal(default, seen.ParentSpanId);
    }

    [Fact]
    public async Task Span_FollowsTheConventions()
    {
        var spans = new List<Activity>();
        using var listener = Listen(spans);

        await Run(NewContext(), c =>
        {
            c.Gateway().Template = "/orders/{id}";
            c.Response.StatusCode = 502;
            return c.Refuse(GatewayError.UpstreamUnreachable);
        });

        var span = Assert.Single(spans);
        Assert.Equal("GET /orders/{id}", span.DisplayName);
        Assert.Equal(ActivityKind.Server, span.Kind);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("/orders/{id}", span.GetTagItem("http.route"));
        Assert.Equal(502, span.GetTagItem("http.response.status_code"));
        Assert.Equal("upstream-unreachable", span.GetTagItem("error.type"));
    }

    public void Dispose() => _services.Dispose();

    private Task Run(HttpContext context, RequestDelegate next) =>
        new TelemetryMiddleware(next, _time, new(_services.GetRequiredService<IMeterFactory>()), new(_logger)).InvokeAsync(context);

    private MetricCollector<double> Durations() =>
        new(_services.GetRequiredService<IMeterFactory>(), GatewayInstruments.Name, "http.server.request.duration");

    // Only spans of this test's own trace: other tests run beside it.
    private static ActivityListener Listen(List<Activity> stopped)
    {
        var mine = Environment.CurrentManagedThreadId;
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GatewayInstruments.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                Environment.CurrentManagedThreadId == mine ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = stopped.Add,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static DefaultHttpContext NewContext()
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Scheme = "http";
        context.Request.Protocol = "HTTP/1.1";
        context.Request.Body = new MemoryStream(new byte[10]);
        context.Response.Body = new MemoryStream();
        return context;
    }
}
