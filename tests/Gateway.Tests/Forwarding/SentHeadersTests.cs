using System.Net;
using Gateway.Requests;
using Gateway.Upstreams;

namespace Gateway.Tests.Forwarding;

/// <summary>What a service is sent, and what comes back, field by field.</summary>
public sealed class SentHeadersTests
{
    [Theory]
    // Beside "close" or "keep-alive" in one line Kestrel drops the other names before anyone sees them; that cannot be mended here.
    [InlineData("Connection: X-Private, X-Other\r\nX-Private: 1", "X-Private")]
    [InlineData("Keep-Alive: timeout=5", "Keep-Alive")]
    [InlineData("Proxy-Authorization: Basic x", "Proxy-Authorization"), InlineData("Proxy-Connection: keep-alive", "Proxy-Connection")]
    [InlineData("TE: gzip", "TE"), InlineData("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__", "Upgrade")]
    [InlineData("X-Content-Length: 5", "X-Content-Length"), InlineData("Trailer: X-Check", "Trailer")]
    [InlineData("X-Real-IP: 6.6.6.6", "X-Real-IP"), InlineData("X-Forwarded-Port: 1", "X-Forwarded-Port"), InlineData("X_Forwarded_For: 6.6.6.6", "X_Forwarded_For")]
    public async Task Field_OfTheConnectionOrOurs_IsNotPassedOn(string field, string name)
    {
        var seen = await SeenAsync(field);

        Assert.DoesNotContain($"\n{name}:", seen, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("X-Mine: a\r\nX-Mine: b", "X-Mine: a, b")]
    [InlineData("X-Text: \u00c3\u00a9 \"x\", y;z=1", "X-Text: \u00c3\u00a9 \"x\", y;z=1")]
    [InlineData("TE: gzip, trailers;q=1, trailers", "TE: trailers")]
    [InlineData("Content-Type: not a type", "Content-Type: not a type"), InlineData("User-Agent: ((", "User-Agent: ((")]
    [InlineData("If-None-Match: no quotes", "If-None-Match: no quotes"), InlineData("Empty:", "Empty: ")]
    [InlineData("Cookie: a=1; b=\"2\"", "Cookie: a=1; b=\"2\""), InlineData("Accept-Encoding: br", "Accept-Encoding: br")]
    public async Task Field_OfTheClient_IsPassedOnAsItIs(string field, string expected)
    {
        var seen = await SeenAsync(field);

        Assert.Contains($"\n{expected}\n", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forwarded_IsRebuilt_AndIdentityAdded()
    {
        var seen = await SeenAsync("Forwarded: for=6.6.6.6\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Host: evil\r\nX-Forwarded-Proto: gopher\r\nX-Request-Id: mine");

        Assert.Contains("\nForwarded: for=127.0.0.1;host=gateway;proto=https\n", seen, StringComparison.Ordinal);
        Assert.Contains("\nX-Forwarded-For: 127.0.0.1\n", seen, StringComparison.Ordinal);
        Assert.Contains("\nX-Forwarded-Host: gateway\n", seen, StringComparison.Ordinal);
        Assert.Contains("\nX-Forwarded-Proto: https\n", seen, StringComparison.Ordinal);
        Assert.Contains("\nX-Request-Id: request-1\n", seen, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\nGateway-Auth: anonymous\n", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("6.6.6.6", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("mine", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.9", "api.example", "http", "for=203.0.113.9;host=api.example;proto=http", "203.0.113.9")]
    [InlineData("2001:db8::1", "api.example:8443", "https", "for=\"[2001:db8::1]\";host=\"api.example:8443\";proto=https", "2001:db8::1")]
    [InlineData("::ffff:203.0.113.9", "[::1]:80", "http", "for=203.0.113.9;host=\"[::1]:80\";proto=http", "203.0.113.9")]
    [InlineData("fe80::1%3", "a", "http", "for=\"[fe80::1]\";host=a;proto=http", "fe80::1")]
    [InlineData("203.0.113.9", "", "http", "for=203.0.113.9;proto=http", "203.0.113.9")]
    [InlineData("198.51.100.7,10.0.0.1", "a", "https", "for=198.51.100.7;host=a;proto=https, for=10.0.0.1", "198.51.100.7, 10.0.0.1")]
    [InlineData("10.0.0.1,10.0.0.1", "a", "https", "for=10.0.0.1;host=a;proto=https, for=10.0.0.1", "10.0.0.1, 10.0.0.1")]
    public void Forwarded_IsWrittenAsRfc7239Says(string hops, string host, string scheme, string forwarded, string forwardedFor)
    {
        var addresses = hops.Split(',').Select(IPAddress.Parse).ToList();
        var request = new GatewayRequest { Id = "1", Host = host, Scheme = scheme, ClientAddress = addresses[0], TrustedHops = addresses.Count > 1 ? addresses : [] };

        var fields = ForwardedFields.Of(request).ToDictionary();

        Assert.Equal(forwarded, fields["Forwarded"]);
        Assert.Equal(forwardedFor, fields["X-Forwarded-For"]);
        Assert.Equal(host.Length > 0, fields.ContainsKey("X-Forwarded-Host"));
    }

    [Theory]
    [InlineData("url", "127.0.0.1:"), InlineData("preserve", "gateway"), InlineData("orders.internal", "orders.internal")]
    public async Task Host_IsAsTheServiceSays(string rule, string expected)
    {
        var seen = await SeenAsync("A: b", service => service with { Host = rule });

        Assert.Contains($"\nHost: {expected}", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_OfTheService_ThenOfTheRoute()
    {
        var seen = await SeenAsync(
            "X-Gone: 1\r\nX-Debug: 1\r\nX-Tenant: forged\r\nX-Key: forged\r\nContent-Type: text/plain",
            service => service with { Headers = new() { Set = new Dictionary<string, string> { ["X-Key"] = "{k}", ["X-Both"] = "service" }, Remove = ["x-gone", "content-type"] } },
            new() { Set = new Dictionary<string, string> { ["x-tenant"] = "{claim.tid}", ["X-Both"] = "route", ["X-From"] = "<{header.x-debug}>" }, Remove = ["x-debug"] });

        Assert.Contains("\nX-Key: {k}\n", seen, StringComparison.Ordinal);
        Assert.Contains("\nX-Both: route\n", seen, StringComparison.Ordinal);
        Assert.Contains("\nX-From: <1>\n", seen, StringComparison.Ordinal);
        foreach (var gone in new[] { "X-Gone", "X-Debug", "X-Tenant", "forged", "Content-Type" })
        {
            Assert.DoesNotContain(gone, seen, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Rule_WhoseValueHoldsAControlByte_IsRefused()
    {
        await using var stand = await ForwardStand.StartAsync(StandSettings.To("http://127.0.0.1:1") with
        {
            Forward = new() { To = new Dictionary<string, int> { ["backend"] = 100 }, Headers = new() { Set = new Dictionary<string, string> { ["x-q"] = "{query.q}" } } },
        });

        using var answer = await stand.SendAsync(new(HttpMethod.Get, "/?q=a%0D%0AX-Evil:%201"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Answer_LosesWhatBelongsToItsConnection_AndKeepsTheRest()
    {
        await using var service = new RawService(async (peer, _) =>
        {
            await peer.ReadHeadAsync();
            await peer.SendAsync("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 299 Odd\r\nConnection: close, X-Private\r\nX-Private: 1\r\nKeep-Alive: timeout=5\r\n"
                + "Alt-Svc: h3=\":1\"\r\nTrailer: X-T\r\nX-Request-Id: theirs\r\nGateway-Consumer: x\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Ours: theirs\r\nVary: theirs\r\n"
                + "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-T: 1\r\n\r\n");
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(service.Url) with
        {
            Before = (context, next) =>
            {
                context.Response.Headers["X-Ours"] = "ours";
                context.Response.Headers.Vary = "Origin";
                return next(context);
            },
        });
        var client = await RawPeer.ConnectAsync(stand.Port);

        await client.SendAsync("GET / HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n");
        var answer = await client.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 299 Odd\r\n", answer, StringComparison.Ordinal);
        foreach (var kept in new[] { "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n", "X-Ours: ours\r\n", "Vary: Origin\r\nVary: theirs\r\n", "X-Request-Id: request-1\r\n", "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n" })
        {
            Assert.Contains(kept, answer, StringComparison.Ordinal);
        }

        foreach (var gone in new[] { "X-Private", "Keep-Alive", "Alt-Svc", "Trailer", "X-Request-Id: theirs", "X-Ours: theirs", "Gateway-Consumer", "X-T: 1", "Link" })
        {
            Assert.DoesNotContain(gone, answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n", "Content-Length: 12345")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n", "ETag: \"a\"")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\n\r\n", "204 No Content")]
    public async Task Answer_WithoutABody_IsPassedOn(string method, string text, string expected)
    {
        await using var service = new RawService(async (peer, _) =>
        {
            await peer.ReadHeadAsync();
            await peer.SendAsync(text);
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(service.Url));
        var client = await RawPeer.ConnectAsync(stand.Port);

        await client.SendAsync($"{method} / HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n");
        var answer = await client.ReadToEndAsync();

        Assert.Contains(expected, answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    // The request as the service got it: its header lines, each between line feeds.
    private static async Task<string> SeenAsync(string fields, Func<ServiceConfig, ServiceConfig>? change = null, HeaderRulesConfig? rules = null)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = new RawService(async (peer, _) =>
        {
            seen.TrySetResult(await peer.ReadHeadAsync());
            await peer.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
        });
        var config = new ServiceConfig { Urls = [service.Url] };
        await using var stand = await ForwardStand.StartAsync(new StandSettings
        {
            Service = change?.Invoke(config) ?? config,
            Forward = new() { To = new Dictionary<string, int> { ["backend"] = 100 }, Headers = rules },
        });
        var client = await RawPeer.ConnectAsync(stand.Port);
        await client.SendAsync($"GET / HTTP/1.1\r\nHost: gateway\r\n{fields}\r\n\r\n");
        await client.ReadHeadAsync();
        return (await seen.Task).Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
