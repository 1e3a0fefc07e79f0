using System.Collections.Concurrent;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>Certificates and their authority are replaced while requests go on through two front doors, and nobody feels it. With SOAK=1 fifty times and three.</summary>
public sealed class MeshRotationTests(ITestOutputHelper output)
{
    // What fails is not to be tried again behind our back, and on a slow machine nothing is to be given up.
    private const string Config = """
        version: 1
        mesh: { trustDomain: local.internal }
        services:
          orders: { urls: "${env:ORDERS_URL}", tls: mesh, retry: { attempts: 1 }, timeout: 60s }
          customers: { urls: "${env:CUSTOMERS_URL}", tls: mesh, retry: { attempts: 1 }, timeout: 60s }
          echo: { urls: "${env:ECHO_URL}", tls: mesh, retry: { attempts: 1 }, timeout: 60s }
        routes:
          orders: { match: ["GET /orders", "POST /orders", "GET /orders/{id}"], auth: apiKey, forward: orders }
          customer: { match: "GET /customers/{id}", auth: apiKey, forward: customers }
          echo: { match: "/echo/{**path}", auth: apiKey, forward: echo }
          overview:
            match: "GET /overview/{customer}"
            auth: apiKey
            timeout: 60s
            compose:
              profile: "GET customers:/customers/{customer}"
              orders: "GET orders:/orders?customer={customer}"
              loyalty: { call: "GET customers:/customers/{customer}/loyalty", optional: true }
        """;

    private static readonly string[] Services = ["gateway", "orders", "customers", "echo"];
    private static readonly string[] Life = ["--leaf-life", "00:01:00"];

    private static bool IsSoak => Environment.GetEnvironmentVariable("SOAK") == "1";

    [Fact]
    public async Task Rotations_OfAllCertificatesAndTheirAuthority_AreNotFelt()
    {
        var (leaves, authorities) = IsSoak ? (50, 3) : (5, 1);
        await using var first = await LocalHostProcess.StartWithSamplesAsync(Config, Life);
        await using var second = await first.JoinAsync(Life);
        using var desk = new MeshDesk(first);
        await using var watch = await MeshWatch.StartAsync(desk);
        await using var load = new MeshLoad([first, second], await NewKeyAsync(first));
        await load.GrowAsync(100);

        var figures = new ConcurrentBag<RotationFigure>();
        var rotating = new Rotating(first, desk, watch, load);
        var replaced = rotating.AuthoritiesAsync(authorities);
        await Task.WhenAll([replaced, .. Services.Select(service => RotateAsync(rotating, service, figures, () => replaced.IsCompleted && figures.Count >= leaves))]);
        await load.EndAsync();

        var ended = (await desk.RotationsAsync()).Where(rotation => !rotation.IsRunning).ToList();
        var report = new RotationReport([.. figures], ended, load.Answers, Services.Length + 1);
        output.WriteLine(report.ToString());
        Assert.Empty(load.Wrong);
        Assert.All(ended, rotation => Assert.True(rotation.IsRotated, $"{rotation}"));
        Assert.All([first, second], door => Assert.Empty(Troubles(door)));
        if (IsSoak)
        {
            await report.WriteAsync();
        }
    }

    // The front door logs the lines of requests that failed with their error; attempts beyond the first would hide a failure.
    private static IEnumerable<string> Troubles(LocalHostProcess door) => door.Output.Split('\n').Where(line =>
        line.Contains("handshake failed", StringComparison.Ordinal) || line.Contains(" error=", StringComparison.Ordinal)
        || line.Contains(" error: ", StringComparison.Ordinal) || line.Contains(" critical: ", StringComparison.Ordinal)
        || line.Contains(" attempts=2", StringComparison.Ordinal));

    private static async Task RotateAsync(Rotating rotating, string service, ConcurrentBag<RotationFigure> figures, Func<bool> isEnough)
    {
        do
        {
            figures.Add(await rotating.LeafAsync(service));
        }
        while (!isEnough());
    }

    private static Task<string> NewKeyAsync(LocalHostProcess host) => new Management(host.Values["MANAGE_URL"], host.Values["MANAGE_KEY"]).NewKeyAsync();
}
