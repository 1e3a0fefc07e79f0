using System.Net;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>Storage goes away and comes back while requests are under way.</summary>
public sealed class StorageOutageTests
{
    private const string Config = """
        version: 1
        keys: { staleFor: 5m }
        routes:
          open: { match: GET /open, auth: anonymous, respond: { text: open } }
          keyed: { match: GET /keyed, auth: apiKey, respond: { text: keyed } }
        """;

    // With neither a key nor a limit: what the gateway itself says without storage must not come first.
    private const string ConfigOfOrders = """
        version: 1
        mesh: { trustDomain: local.internal }
        services:
          orders: { urls: "${env:ORDERS_URL}", tls: mesh }
        routes:
          orders: { match: GET /orders, auth: anonymous, forward: orders }
        """;

    [Fact]
    public async Task Azurite_StoppedAndStartedAgain_KnownKeysGoOn_UnknownOnesWait()
    {
        await using var host = await LocalHostProcess.StartWithConfigAsync(Config);
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        var known = host.Values["API_KEY"];
        var unknown = await new Management(host.Values["MANAGE_URL"], host.Values["MANAGE_KEY"]).NewKeyAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, known));
        using var stop = new CancellationTokenSource();
        var load = LoadAsync(client, known, stop.Token);

        var azurite = host.AzuriteId;
        await ProcessTree.SignalAsync(azurite, "TERM");
        await Eventually.HoldsAsync(() => !ProcessTree.IsAlive(azurite), "Azurite has ended");
        await Eventually.HoldsAsync(() => host.Output.Contains("Azurite ended by itself", StringComparison.Ordinal), "the local host says that Azurite ended");

        using (var refused = await client.SendAsync("GET", "/keyed", $"X-Api-Key: {unknown}"))
        {
            await refused.ProblemAsync(503, "credential-store-unavailable");
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, known));
        using (var open = await client.SendAsync("GET", "/open"))
        {
            Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        }

        using var again = host.StartAzurite();
        try
        {
            await Eventually.HoldsAsync(async () => await AskAsync(client, unknown) == HttpStatusCode.OK, "the key that nobody had used works again");
            await stop.CancelAsync();
            Assert.Empty(await load);
        }
        finally
        {
            again.Kill();
            await again.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Azurite_Stopped_AServiceThatStoresThereSaysSo()
    {
        await using var host = await LocalHostProcess.StartWithSamplesAsync(ConfigOfOrders);
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        using (var before = await client.SendAsync("GET", "/orders"))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        var azurite = host.AzuriteId;
        await ProcessTree.SignalAsync(azurite, "TERM");
        await Eventually.HoldsAsync(() => !ProcessTree.IsAlive(azurite), "Azurite has ended");

        using var answer = await client.SendAsync("GET", "/orders");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("storage does not answer", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("unhandled exception", host.Output, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string key)
    {
        using var response = await client.SendAsync("GET", "/keyed", $"X-Api-Key: {key}");
        return response.StatusCode;
    }

    private static async Task<List<HttpStatusCode>> LoadAsync(HttpClient client, string key, CancellationToken stop)
    {
        var failures = new List<HttpStatusCode>();
        while (!stop.IsCancellationRequested)
        {
            var status = await AskAsync(client, key);
            if (status != HttpStatusCode.OK)
            {
                failures.Add(status);
            }
        }

        return failures;
    }
}
