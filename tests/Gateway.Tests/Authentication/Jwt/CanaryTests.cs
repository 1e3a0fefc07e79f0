using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Gateway.Authentication.Jwt;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>Where a token says its key is found is never visited: a listener stands there and hears nothing.</summary>
public sealed class CanaryTests
{
    [Theory]
    [InlineData("jku")]
    [InlineData("x5u")]
    [InlineData("jwk")]
    [InlineData("x5c")]
    [InlineData("kid")]
    public async Task Token_ThatBringsItsKey_IsRefused_AndNothingIsFetched(string member)
    {
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)canary.LocalEndpoint).Port}/keys.json";
        using var handler = IssuerConnections.CreateHandler(); // the real one: if it were asked to, it would connect
        var world = new TokenWorld();
        world.Site.Instead = request => request.RequestUri!.Host == "login.example" ? null : Forward(handler, request);
        var header = TokenWorld.Header(key: "rsa-2");
        header[member] = member switch
        {
            "jwk" => TestKey.OtherRsa.Public(("jku", url)),
            "x5c" => new JsonArray(TestKey.Encode("certificate")),
            _ => url,
        };

        var fault = await world.FaultAsync(TestKey.OtherRsa.Sign(header.ToJsonString(), world.Claims().ToJsonString(), "RS256"));

        Assert.Equal(TokenFault.UnknownKey, fault);
        Assert.False(canary.Pending());
        Assert.All(world.Site.Asked, address => Assert.StartsWith("https://login.example/", address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Canary_WhenVisited_Hears()
    {
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        using var handler = new HttpMessageInvoker(IssuerConnections.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{((IPEndPoint)canary.LocalEndpoint).Port}/");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var call = handler.SendAsync(request, stop.Token);
        using var heard = await canary.AcceptTcpClientAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static HttpResponseMessage Forward(HttpMessageHandler handler, HttpRequestMessage request) => new HttpMessageInvoker(handler).Send(request, CancellationToken.None);
}
