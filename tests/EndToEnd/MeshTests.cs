using System.Net;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>What a user sees of the mesh when a front door comes or goes, a certificate is revoked, and storage is away.</summary>
public sealed class MeshTests
{
    private const string Config = """
        version: 1
        mesh: { trustDomain: local.internal }
        services:
          orders: { urls: "${env:ORDERS_URL}", tls: mesh }
          echo: { urls: "${env:ECHO_URL}", tls: mesh }
        routes:
          orders: { match: GET /orders, auth: anonymous, forward: orders }
          echo: { match: "/echo/{**path}", auth: anonymous, forward: echo }
        """;

    private static readonly string[] Minute = ["--leaf-life", "00:01:00"];

    [Fact]
    public async Task FrontDoor_ThatJoins_IsAPeerOfItsOwn_UntilItStops()
    {
        await using var first = await LocalHostProcess.StartWithSamplesAsync(Config, Minute);
        await using var joined = await first.JoinAsync(Minute);
        using var desk = new MeshDesk(first);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(joined, "/orders"));
        await Eventually.HoldsAsync(async () => (await desk.ShowAsync()).PeersOf("gateway").Count(peer => peer.Acknowledged) == 2, "both front doors act on the newest bundle");
        await joined.StopAsync();

        Assert.Single((await desk.ShowAsync()).PeersOf("gateway"));
    }

    [Fact]
    public async Task CertificateOfTheGateway_Revoked_IsRefusedInOtherHandsAndReplaced()
    {
        await using var host = await LocalHostProcess.StartWithSamplesAsync(Config, Minute);
        using var desk = new MeshDesk(host);
        using var thief = DirectCaller.Thief(host, "gateway", (await desk.ShowAsync()).LeafOf("gateway").Serial);
        var echo = $"{host.Values["ECHO_URL"]}/echo";
        Assert.Equal((200, null), await thief.AskAsync(echo));

        await desk.RevokeAsync(thief.Serial);

        await Eventually.HoldsAsync(async () => await AskOrNothingAsync(thief, echo) == (401, "certificate-revoked"), "the stolen certificate is refused");
        await Eventually.HoldsAsync(async () => await CallerSerialAsync(host) is { } serial && serial != thief.Serial, "the front door calls with another certificate");
        Assert.Contains(thief.Serial, (await desk.ShowAsync()).Refused.Select(refused => refused.Serial));
    }

    [Fact]
    public async Task CertificateOfAService_Revoked_IsReplaced()
    {
        await using var host = await LocalHostProcess.StartWithSamplesAsync(Config, Minute);
        using var desk = new MeshDesk(host);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "/orders"));
        var revoked = (await desk.ShowAsync()).LeafOf("orders").Serial;

        await desk.RevokeAsync(revoked);

        await Eventually.HoldsAsync(async () => (await TlsProbe.PresentedAsync(host.Values["ORDERS_URL"])).SerialNumber != revoked, "Orders presents another certificate");
        await Eventually.HoldsAsync(async () => await StatusAsync(host, "/orders") == HttpStatusCode.OK, "the front door serves Orders again");
    }

    [Fact]
    public async Task FrontDoor_Killed_HoldsNoRotationUpForLong()
    {
        await using var host = await LocalHostProcess.StartWithSamplesAsync(Config, Minute);
        await using var joined = await host.JoinAsync(Minute);
        using var desk = new MeshDesk(host);
        await Eventually.HoldsAsync(async () => (await desk.ShowAsync()).PeersOf("gateway").Count() == 2, "both front doors are peers");

        await joined.StopAsync("KILL");

        var rotation = await RotateAsync(desk, "orders");
        Assert.True(rotation.IsRotated, $"{rotation}");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "/orders"));
    }

    [Fact]
    public async Task FrontDoor_ThatStoodStill_RefusesUntilItHasCaughtUp()
    {
        await using var host = await LocalHostProcess.StartWithSamplesAsync(Config, Minute);
        await using var joined = await host.JoinAsync(Minute);
        using var desk = new MeshDesk(host);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(joined, "/echo"));
        var before = (await desk.ShowAsync()).LeafOf("gateway").Serial;
        var statuses = new List<HttpStatusCode>();

        await ProcessTree.SignalAsync(joined.Id, "STOP");
        try
        {
            // Nobody waits for it any more, so that its bundle is too old; and what it would present is refused.
            await desk.RevokeAsync(before);
            await Eventually.HoldsAsync(async () => (await desk.ShowAsync()).PeersOf("gateway").Count() == 1, "the one that stands still is not waited for any more");
        }
        finally
        {
            await ProcessTree.SignalAsync(joined.Id, "CONT");
        }

        await Eventually.HoldsAsync(
            async () =>
            {
                statuses.Add(await StatusAsync(joined, "/echo"));
                return statuses[^1] == HttpStatusCode.OK;
            },
            "the one that stood still serves again");
        Assert.NotEqual(before, await CallerSerialAsync(joined));
        Assert.Empty(statuses.Except([HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK]));
    }

    [Fact]
    public async Task Azurite_Stopped_CallsGoOnUntilTheBundleIsTooOld_AndAgainWhenItIsBack()
    {
        await using var host = await LocalHostProcess.StartWithSamplesAsync(Config, "--leaf-life", "00:02:00");
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "/echo"));

        var azurite = host.AzuriteId;
        await ProcessTree.SignalAsync(azurite, "TERM");
        await Eventually.HoldsAsync(() => !ProcessTree.IsAlive(azurite), "Azurite has ended");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "/echo"));
        await Eventually.HoldsAsync(async () => await IsUnavailableAsync(client), "the front door makes no call any more", TimeSpan.FromMinutes(2));
        using var again = host.StartAzurite();
        try
        {
            await Eventually.HoldsAsync(async () => await StatusAsync(host, "/echo") == HttpStatusCode.OK, "calls are made again", TimeSpan.FromMinutes(2));
        }
        finally
        {
            again.Kill();
            await again.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> IsUnavailableAsync(HttpClient client)
    {
        // A service whose bundle is too old before the front door's is says so itself.
        using var response = await client.SendAsync("GET", "/echo");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{(int)response.StatusCode} {text}");
        return text.Contains("/_gateway/problems/mesh-unavailable", StringComparison.Ordinal) && response.Headers.RetryAfter is not null;
    }

    // Certificates that live so short are also replaced on their own.
    private static async Task<MeshRotation> RotateAsync(MeshDesk desk, string service)
    {
        MeshRotation? begun = null;
        await Eventually.HoldsAsync(async () => (begun = await desk.RotateAsync(service)) is not null, $"no other rotation of {service} is under way", TimeSpan.FromMinutes(3));
        return await desk.EndAsync(begun!.Id);
    }

    private static async Task<HttpStatusCode> StatusAsync(LocalHostProcess host, string path)
    {
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        using var response = await client.SendAsync("GET", path);
        return response.StatusCode;
    }

    // A service ends the connection of a caller whose certificate it refuses from now on.
    private static async Task<(int Status, string? Slug)> AskOrNothingAsync(DirectCaller caller, string address)
    {
        try
        {
            return await caller.AskAsync(address);
        }
        catch (HttpRequestException broken)
        {
            return (0, broken.Message);
        }
    }

    private static async Task<string?> CallerSerialAsync(LocalHostProcess host)
    {
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        using var response = await client.SendAsync("GET", "/echo/seen");
        return response.StatusCode == HttpStatusCode.OK ? (await response.JsonAsync()).GetProperty("callerSerial").GetString() : null;
    }
}
