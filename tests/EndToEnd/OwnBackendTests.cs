using System.Net;
using System.Net.Sockets;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>A backend of the user's own in the mesh of the local host: by the file that the local host writes, and by nothing else.</summary>
public sealed class OwnBackendTests
{
    [Fact]
    public async Task Backend_WithItsFile_IsCalledByTheGateway_AndUnderNoOtherName()
    {
        var port = PortWhereNothingListens();
        await using var host = await LocalHostProcess.StartWithConfigAsync(Config(port));
        using var desk = new MeshDesk(host);
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        // First the gateway's own: it is tried with every service that answers, and the mistaken one would fail it.
        await Eventually.HoldsAsync(async () => (await desk.ShowAsync()).PeersOf("gateway").Any(peer => peer.Serial is not null), "the gateway has a certificate");
        var file = host.Folder["local/mesh/billing.json"];
        Assert.Contains($"billing: Mesh__Local={file} dotnet run", host.Output, StringComparison.Ordinal);

        await using var backend = await MeshBackend.StartAsync(file, port);
        using var called = await client.SendAsync("GET", "/billing");
        using var mistaken = await client.SendAsync("GET", "/mistaken");

        Assert.Equal((HttpStatusCode.OK, "spiffe://local.internal/gateway"), (called.StatusCode, await called.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        await mistaken.ProblemAsync(502, "upstream-identity-mismatch");
    }

    private static string Config(int port) => $$"""
        version: 1
        mesh: { trustDomain: local.internal }
        services:
          billing: { urls: "https://127.0.0.1:{{port}}", tls: mesh }
          mistaken: { urls: "https://127.0.0.1:{{port}}", tls: mesh, identity: invoices }
        routes:
          billing: { match: GET /billing, auth: anonymous, forward: billing }
          mistaken: { match: GET /mistaken, auth: anonymous, forward: mistaken }
        """;

    // The configuration has to name it before the backend can start.
    private static int PortWhereNothingListens()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
