using System.Globalization;
using Gateway.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Gateway.Tests.Configuration;

/// <summary>Reloads of the whole gateway while requests are under way.</summary>
public sealed class ReloadUnderLoadTests
{
    [Fact]
    public async Task Reload_AThousandTimes_FailsNoRequest_AndNoneSeesHalfOfTwo()
    {
        await using var gateway = await RunningGateway.StartAsync(Config(0), new());
        using var client = new HttpClient { BaseAddress = new(gateway.Url) };
        using var stop = new CancellationTokenSource();
        var reloader = gateway.Services.GetRequiredService<ConfigReloader>();
        var load = Enumerable.Range(0, 3).Select(_ => Task.Run(() => LoadAsync(client, stop.Token))).ToArray();

        for (var number = 1; number <= 1_000; number++)
        {
            var before = gateway.Services.GetRequiredService<SnapshotSource>().Current;
            gateway.WriteConfig(Config(number));
            reloader.Poll(); // or the watcher was first
            Assert.NotSame(before, gateway.Services.GetRequiredService<SnapshotSource>().Current);
            await Task.Yield();
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(load), versions => Assert.True(versions > 10, $"Only {versions} versions were seen: that is no load."));
    }

    [Fact]
    public async Task Reload_OfABrokenFile_KeepsTheOldOneInForce_AndIsAnEvent()
    {
        await using var gateway = await RunningGateway.StartAsync(Config(1), new());
        using var reloads = new MetricCollector<long>(gateway.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "ServerlessGateway", "gateway.config.reloads");

        gateway.WriteConfig(Config(2) + "nonsense: true\n");
        gateway.Services.GetRequiredService<ConfigReloader>().Poll();

        Assert.Equal("1", (await gateway.AskAsync("GET /")).Body);
        Assert.Equal(["refused"], reloads.GetMeasurementSnapshot().Select(measured => measured.Tags["outcome"]));
        Assert.Contains("has mistakes: 1.", await gateway.LogLineAsync("serves on"), StringComparison.Ordinal);
        Assert.Contains("'nonsense' is not a field", await gateway.LogLineAsync("nonsense"), StringComparison.Ordinal);
    }

    // The version stands on two levels of the configuration, which two steps of the pipeline read.
    private static string Config(int version) => $$"""
        version: 1
        defaults: { response: { headers: { set: { x-version: "{{version}}" } } } }
        routes: { r: { match: GET /, auth: anonymous, respond: { text: "{{version}}" } } }

        """;

    // Gives the number of versions that it saw.
    private static async Task<int> LoadAsync(HttpClient client, CancellationToken stop)
    {
        var (seen, newest) = (new HashSet<string>(), 0);
        while (!stop.IsCancellationRequested)
        {
            using var answer = await client.GetAsync("/", CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            var version = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            Assert.Equal(version, answer.Headers.GetValues("x-version").Single());
            Assert.InRange(int.Parse(version, CultureInfo.InvariantCulture), newest, 1_000); // never back to an older one
            newest = int.Parse(version, CultureInfo.InvariantCulture);
            seen.Add(version);
        }

        return seen.Count;
    }
}
