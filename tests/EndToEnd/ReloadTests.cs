using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>A changed file is taken over while requests are under way, and a broken one is not.</summary>
public sealed class ReloadTests
{
    [Fact]
    public async Task Reload_FiveTimesUnderLoad_FailsNoRequest()
    {
        await using var backend = await TestBackend.StartAsync(context => context.Response.WriteAsync("ok"));
        await using var host = await StartAsync(backend);
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        using var stop = new CancellationTokenSource();
        var failures = new ConcurrentQueue<string>();
        var load = Enumerable.Range(0, 4).Select(_ => LoadAsync(client, failures, stop.Token)).ToList();

        for (var version = 1; version <= 5; version++)
        {
            host.Folder.Write("gateway.yaml", Config(version));
            await BecomesAsync(client, version);
        }

        await stop.CancelAsync();
        var sent = (await Task.WhenAll(load)).Sum();
        Assert.Empty(failures);
        Assert.True(sent > 100, $"Only {sent} requests were sent: that is no load.");
    }

    [Fact]
    public async Task Reload_OfABrokenFile_KeepsTheOldOneAndSaysWhy()
    {
        await using var backend = await TestBackend.StartAsync(_ => Task.CompletedTask);
        await using var host = await StartAsync(backend);
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);

        host.Folder.Write("gateway.yaml", Config(1).Replace("forward: backend", "forward: bakend", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => host.Output.Contains("'backend'", StringComparison.Ordinal) || host.Output.Contains("bakend", StringComparison.Ordinal), "the mistake is in the log");

        Assert.Equal("0", await VersionAsync(client));
        host.Folder.Write("gateway.yaml", Config(2));
        await BecomesAsync(client, 2);
    }

    [Fact]
    public async Task Reload_OfAFileWrittenInPlace_IsSeen()
    {
        await using var backend = await TestBackend.StartAsync(_ => Task.CompletedTask);
        await using var host = await StartAsync(backend);
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);

        await File.WriteAllTextAsync(host.Folder["gateway.yaml"], Config(1), TestContext.Current.CancellationToken);

        await BecomesAsync(client, 1);
    }

    private static Task<LocalHostProcess> StartAsync(TestBackend backend) =>
        LocalHostProcess.StartWithConfigAsync(Config(0), new Dictionary<string, string> { ["BACKEND_URL"] = backend.Url });

    private static string Config(int version) => $$"""
        version: 1
        services:
          backend: "${env:BACKEND_URL}"
        routes:
          version: { match: GET /version, auth: anonymous, respond: { text: "{{version}}" } }
          all: { match: "/{**path}", auth: anonymous, forward: backend }
        """;

    private static Task BecomesAsync(HttpClient client, int version) => Eventually.HoldsAsync(
        async () => await VersionAsync(client) == version.ToString(CultureInfo.InvariantCulture),
        $"version {version} of the file is served");

    private static Task<string> VersionAsync(HttpClient client) => client.GetStringAsync("/version", TestContext.Current.CancellationToken);

    private static async Task<int> LoadAsync(HttpClient client, ConcurrentQueue<string> failures, CancellationToken stop)
    {
        var sent = 0;
        for (; !stop.IsCancellationRequested; sent++)
        {
            try
            {
                using var response = await client.SendAsync("GET", "/load");
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    failures.Enqueue($"{(int)response.StatusCode}");
                }
            }
            catch (HttpRequestException e)
            {
                failures.Enqueue(e.ToString());
            }
        }

        return sent;
    }
}
