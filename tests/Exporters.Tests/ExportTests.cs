using System.Diagnostics;
using System.Net;
using Tests.Shared;

namespace Exporters.Tests;

/// <summary>What arrives, by each way, of requests through a real gateway.</summary>
public sealed class ExportTests
{
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();

    [Theory]
    [InlineData(Way.AzureMonitor)]
    [InlineData(Way.OtlpHttp)]
    [InlineData(Way.OtlpGrpc)]
    public async Task ComposedRequest_IsATraceThatHangsTogether(Way way)
    {
        var sent = await SendAsync(way, gateway => gateway.GetAsync("/overview/ada", _trace, ("X-Api-Key", gateway.ApiKey)));

        var spans = sent.Spans.Where(span => span.Trace == _trace.ToHexString()).ToList();
        var request = Assert.Single(spans, span => span.IsServer);
        var calls = spans.Where(span => !span.IsServer).ToList();
        Assert.Equal(("GET /overview/{customer}", ExportingGateway.CallerSpan, "200"), (request.Name, request.Parent, request.Attributes["http.response.status_code"]));
        Assert.Equal(["GET customers", "GET customers", "GET orders"], calls.Select(call => call.Name).Order());
        Assert.Equal(["loyalty", "orders", "profile"], calls.Select(call => call.Attributes["gateway.part"]).Order());
        Assert.All(calls, call => Assert.Equal((request.Id, "200"), (call.Parent, call.Attributes["http.response.status_code"])));
        Assert.Equal(3, calls.Select(call => call.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(Way.AzureMonitor)]
    [InlineData(Way.OtlpHttp)]
    [InlineData(Way.OtlpGrpc)]
    public async Task Requests_AreADurationForEachRoute(Way way)
    {
        var sent = await SendAsync(way, async gateway =>
        {
            await gateway.GetAsync("/orders/1", _trace, ("X-Api-Key", gateway.ApiKey));
            await gateway.GetAsync("/orders/2", _trace, ("X-Api-Key", gateway.ApiKey));
        });

        var durations = sent.Histograms.Where(histogram => histogram.Name == "http.server.request.duration").ToList();
        var duration = Assert.Single(durations, histogram => histogram.Attributes.GetValueOrDefault("http.route") == "/orders/{id}");
        Assert.Equal((2UL, "GET", "200"), (duration.Count, duration.Attributes["http.request.method"], duration.Attributes["http.response.status_code"]));
        if (way != Way.AzureMonitor)
        {
            Assert.Equal([0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10], duration.Bounds);
        }
    }

    [Theory]
    [InlineData(Way.AzureMonitor)]
    [InlineData(Way.OtlpHttp)]
    [InlineData(Way.OtlpGrpc)]
    public async Task Fault_IsAnExceptionInItsTrace(Way way)
    {
        var sent = await SendAsync(way, async gateway =>
        {
            gateway.Peppers.IsBroken = true;
            Assert.Equal(HttpStatusCode.InternalServerError, await gateway.GetAsync("/orders/1", _trace, ("X-Api-Key", gateway.ApiKey)));
        });

        var exception = Assert.Single(sent.Exceptions);
        Assert.Equal((_trace.ToHexString(), BreakablePeppers.Fault), (exception.Trace, exception.Message));
        Assert.EndsWith("InvalidOperationException", exception.Type, StringComparison.Ordinal);
        Assert.Equal("500", Assert.Single(sent.Spans, span => span.Trace == _trace.ToHexString()).Attributes["http.response.status_code"]);
    }

    [Theory]
    [InlineData(Way.AzureMonitor)]
    [InlineData(Way.OtlpHttp)]
    [InlineData(Way.OtlpGrpc)]
    public async Task Everything_IsOfOneServiceAndInstance_AndNoPlainLineOfTheLog(Way way)
    {
        var sent = await SendAsync(way, gateway => gateway.GetAsync("/orders/1", _trace, ("X-Api-Key", gateway.ApiKey)));

        var (service, instance) = Assert.Single(sent.Senders);
        Assert.Equal(ExportingGateway.ServiceName, service);
        Assert.True(Guid.TryParse(instance, out _));
        Assert.Empty(sent.Messages);
    }

    [Fact]
    public async Task TraceThatIsLeftOut_StillHasItsDurationAndItsException()
    {
        await using var ingestion = await Way.AzureMonitor.CollectorAsync();
        await using var gateway = await ExportingGateway.StartAsync(new Dictionary<string, string?>(Way.AzureMonitor.To(ingestion.Url)) { ["OTEL_TRACES_SAMPLER_ARG"] = "0" });

        gateway.Peppers.IsBroken = true;
        await gateway.GetAsync("/orders/1", _trace, ("X-Api-Key", gateway.ApiKey));
        Assert.True(gateway.Flush());

        var sent = Way.AzureMonitor.Read(ingestion);
        Assert.Empty(sent.Spans);
        Assert.Equal(BreakablePeppers.Fault, Assert.Single(sent.Exceptions).Message);
        Assert.Single(sent.Histograms, histogram => histogram.Name == "http.server.request.duration");
    }

    [Fact]
    public async Task Traces_ChosenByTheDefault_AreWhole()
    {
        await using var ingestion = await Way.AzureMonitor.CollectorAsync();
        await using var gateway = await ExportingGateway.StartAsync(Way.AzureMonitor.To(ingestion.Url).Where(setting => !setting.Key.StartsWith("OTEL_", StringComparison.Ordinal)).ToDictionary());

        for (var asked = 0; asked < 100 || !HasSpans(ingestion); asked++)
        {
            await gateway.GetAsync("/overview/ada", ActivityTraceId.CreateRandom(), ("X-Api-Key", gateway.ApiKey));
            gateway.Flush();
        }

        Assert.All(Way.AzureMonitor.Read(ingestion).Spans.CountBy(span => span.Trace), trace => Assert.Equal(4, trace.Value));
    }

    [Fact]
    public async Task BothWays_AreSentTheSameSpans()
    {
        await using var ingestion = await Way.AzureMonitor.CollectorAsync();
        await using var collector = await Way.OtlpHttp.CollectorAsync();
        await using var gateway = await ExportingGateway.StartAsync(Way.AzureMonitor.To(ingestion.Url).Concat(Way.OtlpHttp.To(collector.Url)).ToDictionary());

        await gateway.GetAsync("/overview/ada", _trace, ("X-Api-Key", gateway.ApiKey));
        Assert.True(gateway.Flush());

        Assert.Equal(4, Way.OtlpHttp.Read(collector).Spans.Count);
        Assert.Equal(Way.OtlpHttp.Read(collector).Spans.Select(span => span.Id).Order(), Way.AzureMonitor.Read(ingestion).Spans.Select(span => span.Id).Order());
    }

    private static bool HasSpans(Collector ingestion) => Way.AzureMonitor.Read(ingestion).Spans.Count > 0;

    private static async Task<Telemetry> SendAsync(Way way, Func<ExportingGateway, Task> ask)
    {
        await using var collector = await way.CollectorAsync();
        await using var gateway = await ExportingGateway.StartAsync(way.To(collector.Url));
        await ask(gateway);
        Assert.True(gateway.Flush());
        return way.Read(collector);
    }
}
