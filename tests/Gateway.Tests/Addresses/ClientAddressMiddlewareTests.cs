using System.Net;
using Gateway.Addresses;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Addresses;

public class ClientAddressMiddlewareTests
{
    [Theory]
    // an untrusted peer is believed nothing
    [InlineData("203.0.113.9", "X-Forwarded-For: 1.1.1.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9", "Forwarded: for=1.1.1.1", "203.0.113.9", "203.0.113.9")]
    // forged left entries
    [InlineData("10.0.0.1", "X-Forwarded-For: 1.1.1.1, 203.0.113.9", "203.0.113.9", "203.0.113.9 10.0.0.1")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 10.0.0.7, 203.0.113.9, 10.0.0.2", "203.0.113.9", "203.0.113.9 10.0.0.2 10.0.0.1")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 10.0.0.3, 10.0.0.2", "10.0.0.3", "10.0.0.3 10.0.0.2 10.0.0.1")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 1.1.1.1|X-Forwarded-For: 203.0.113.9", "203.0.113.9", "203.0.113.9 10.0.0.1")]
    [InlineData("10.0.0.1", "", "10.0.0.1", "10.0.0.1")]
    // garbage ends the walk
    [InlineData("10.0.0.1", "X-Forwarded-For: 1.1.1.1, unknown", "10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 1.1.1.1, , 10.0.0.2", "10.0.0.2", "10.0.0.2 10.0.0.1")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 1.1.1.1, 0x7f.1", "10.0.0.1", "10.0.0.1")]
    // spellings
    [InlineData("::ffff:10.0.0.1", "X-Forwarded-For: ::ffff:203.0.113.9", "203.0.113.9", "203.0.113.9 10.0.0.1")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 203.0.113.9:4711", "203.0.113.9", "203.0.113.9 10.0.0.1")]
    [InlineData("10.0.0.1", "X-Forwarded-For: [2001:db8::1]:4711", "2001:db8::1", "2001:db8::1 10.0.0.1")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 2001:db8::1", "2001:db8::1", "2001:db8::1 10.0.0.1")]
    [InlineData("2001:db8:1::1", "X-Forwarded-For: 203.0.113.9", "203.0.113.9", "203.0.113.9 2001:db8:1::1")]
    // Forwarded
    [InlineData("10.0.0.1", "Forwarded: for=1.1.1.1, for=\"[2001:db8::1]:80\";proto=https", "2001:db8::1", "2001:db8::1 10.0.0.1")]
    [InlineData("10.0.0.1", "Forwarded: for=203.0.113.9;by=\"a,b;c\", For=\"10.0.0.2\"", "203.0.113.9", "203.0.113.9 10.0.0.2 10.0.0.1")]
    [InlineData("10.0.0.1", "Forwarded: for=1.1.1.1, for=_hidden", "10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.1", "Forwarded: for=1.1.1.1, for=\"203.0.113.9", "10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.1", "Forwarded: for=1.1.1.1|X-Forwarded-For: 203.0.113.9", "203.0.113.9", "203.0.113.9 10.0.0.1")]
    public async Task Invoke_Hops_FindsTheRightMostUntrusted(string peer, string headers, string client, string hops)
    {
        var request = await Run(peer, headers);

        Assert.Equal(client, request.ClientAddress.ToString());
        Assert.Equal(hops, string.Join(' ', request.TrustedHops));
    }

    [Theory]
    [InlineData("203.0.113.9", "X-Forwarded-Host: evil.example|X-Forwarded-Proto: https", "http", "host.example")]
    [InlineData("203.0.113.9", "Forwarded: for=1.1.1.1;host=evil.example;proto=https", "http", "host.example")]
    [InlineData("10.0.0.1", "X-Forwarded-Host: shop.example:443|X-Forwarded-Proto: HTTPS", "https", "shop.example")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 1.1.1.1|X-Forwarded-Host: evil.example, shop.example", "http", "shop.example")]
    [InlineData("10.0.0.1", "X-Forwarded-Host: evil/example|X-Forwarded-Proto: gopher", "http", "host.example")]
    [InlineData("10.0.0.1", "Forwarded: for=1.1.1.1;host=evil.example, for=2.2.2.2;host=shop.example;proto=https", "https", "shop.example")]
    [InlineData("10.0.0.1", "Forwarded: for=2.2.2.2;host=shop.example;proto=https, for=10.0.0.2;host=inner;proto=http", "https", "shop.example")]
    public async Task Invoke_SchemeAndHost_AreBelievedFromTrustedPeersOnly(string peer, string headers, string scheme, string host)
    {
        var request = await Run(peer, headers);

        Assert.Equal((scheme, host), (request.Scheme, request.Host));
    }

    [Fact]
    public async Task Invoke_NoRemoteAddress_IsNobody() => Assert.Equal(IPAddress.None, (await Run(null, "X-Forwarded-For: 1.1.1.1")).ClientAddress);

    private static async Task<GatewayRequest> Run(string? peer, string headers)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        context.Features.Set(new GatewayRequest { Id = "1", Host = "host.example" });
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            context.Request.Headers.Append(header[..header.IndexOf(':')], header[(header.IndexOf(':') + 2)..]);
        }

        await new ClientAddressMiddleware(_ => Task.CompletedTask, [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8:1::/48")]).InvokeAsync(context);
        return context.Gateway();
    }
}
