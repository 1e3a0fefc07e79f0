using System.Net;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>However the local host ends, nothing that it started stays; what is under way may end well.</summary>
public sealed class StopTests
{
    private const string Config = """
        version: 1
        services:
          backend: "${env:BACKEND_URL}"
        routes:
          all: { match: "/{**path}", auth: anonymous, forward: backend }
        """;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Stop_ByASignal_LeavesNoProcess(string signal)
    {
        await using var host = await StartAsync("http://127.0.0.1:1");
        var processes = ProcessTree.Of(host.Id);
        Assert.Contains(host.AzuriteId, processes);

        var exitCode = await host.StopAsync(signal);

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(processes, ProcessTree.IsAlive);
    }

    [Fact]
    public async Task Stop_ByKill_TakesAzuriteAlong()
    {
        await using var host = await StartAsync("http://127.0.0.1:1");
        var processes = ProcessTree.Of(host.Id);

        await host.StopAsync("KILL");

        await Eventually.HoldsAsync(() => !processes.Any(ProcessTree.IsAlive), "no process of the local host is left");
    }

    [Fact]
    public async Task Stop_WithARequestUnderWay_LetsItEnd()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var backend = await TestBackend.StartAsync(async context =>
        {
            arrived.SetResult();
            await release.Task.WaitAsync(context.RequestAborted);
        });
        await using var host = await StartAsync(backend.Url);
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        var underWay = client.SendAsync("GET", "/slow");
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        var stopping = host.StopAsync();
        await Eventually.HoldsAsync(() => host.Output.Contains("stopping", StringComparison.Ordinal), "the local host says that it stops");
        release.SetResult();

        using var response = await underWay;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, await stopping);
    }

    [Fact]
    public async Task Stop_Twice_EndsAtOnceAndLeavesNoProcess()
    {
        var arrived = new TaskCompletionSource();
        await using var backend = await TestBackend.StartAsync(context =>
        {
            arrived.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await using var host = await StartAsync(backend.Url);
        var processes = ProcessTree.Of(host.Id);
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        var underWay = client.SendAsync("GET", "/endless");
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        var stopping = host.StopAsync("INT");
        await Eventually.HoldsAsync(
            () => host.Output.Contains("· stopping: 1 request under way has up to 10 s; Ctrl-C again ends at once", StringComparison.Ordinal),
            "the local host says what it waits for");
        await host.StopAsync("INT");

        Assert.Equal(130, await stopping);
        await Assert.ThrowsAsync<HttpRequestException>(() => underWay);
        await Eventually.HoldsAsync(() => !processes.Any(ProcessTree.IsAlive), "no process of the local host is left");
    }

    private static Task<LocalHostProcess> StartAsync(string backend) =>
        LocalHostProcess.StartWithConfigAsync(Config, new Dictionary<string, string> { ["BACKEND_URL"] = backend });
}
