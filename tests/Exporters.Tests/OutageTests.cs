using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Exporters.Tests;

/// <summary>Requests do not depend on whoever takes the telemetry.</summary>
public sealed class OutageTests
{
    // What the exporters' queues hold by default, beside the batch that is on its way.
    private const int Queue = 2048;
    private const int Batch = 512;

    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();

    [Theory]
    [InlineData(Way.AzureMonitor)]
    [InlineData(Way.OtlpHttp)]
    [InlineData(Way.OtlpGrpc)]
    public async Task NobodyListens_RequestsGoOn(Way way)
    {
        await using var gateway = await ExportingGateway.StartAsync(way.To($"http://127.0.0.1:{FreePort()}"));

        Assert.Equal(HttpStatusCode.OK, await gateway.GetAsync("/overview/ada", _trace, ("X-Api-Key", gateway.ApiKey)));
        gateway.Flush();
        Assert.Equal(HttpStatusCode.OK, await gateway.GetAsync("/overview/ada", _trace, ("X-Api-Key", gateway.ApiKey)));
    }

    [Theory]
    [InlineData(Way.AzureMonitor)]
    [InlineData(Way.OtlpHttp)]
    [InlineData(Way.OtlpGrpc)]
    public async Task NobodyAnswers_RequestsGoOn_AndNoMoreIsKeptThanTheQueueHolds(Way way)
    {
        await using var collector = await way.CollectorAsync();
        var hold = new TaskCompletionSource();
        collector.Hold = hold.Task;
        await using var gateway = await ExportingGateway.StartAsync(way.To(collector.Url));

        for (var count = 0; count < 2 * (Queue + Batch); count++)
        {
            Assert.Equal(HttpStatusCode.NoContent, await gateway.GetAsync("/ping", _trace));
        }

        hold.SetResult();
        Assert.True(gateway.Flush());

        Assert.InRange(way.Read(collector).Spans.DistinctBy(span => span.Id).Count(), Queue, Queue + (2 * Batch));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
