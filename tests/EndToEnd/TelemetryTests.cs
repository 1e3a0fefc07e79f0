using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>Where the environment names a collector, the local host sends it what it measures and traces.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task LocalHost_WithACollector_SendsSpansAndMetricsOfGatewayAndMesh()
    {
        await using var sink = await TelemetrySink.StartAsync();
        await using var host = await LocalHostProcess.StartAsync(new TestFolder(), [], sink.Environment);
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);

        using var answer = await client.SendAsync(Http.Request("GET", "/overview/ada", $"X-Api-Key: {host.Values["API_KEY"]}"), TestContext.Current.CancellationToken);
        Assert.Equal(0, await host.StopAsync());

        Assert.True(answer.IsSuccessStatusCode);
        Assert.All(
            ["local-host", "GET /overview/{customer}", "GET customers", "GET orders", "http.server.request.duration", "mesh.calls"],
            name => Assert.Contains(name, sink.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("/customers/ada", sink.Text, StringComparison.Ordinal);
    }
}
