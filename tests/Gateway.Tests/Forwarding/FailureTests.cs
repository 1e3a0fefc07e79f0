using System.Net;
using System.Net.Sockets;
using Gateway.Errors;
using Gateway.Requests;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Forwarding;

public sealed class FailureTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BlackHole_Is504_AsSoonAsConnectingTakesTooLong()
    {
        await using var stand = await ForwardStand.StartAsync(Settings("http://192.0.2.1", timeout: new() { Connect = TimeSpan.FromMilliseconds(50) }) with { Handlers = new BlackHole() });

        using var answer = await stand.SendAsync(new(HttpMethod.Get, "/"));

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        var ended = await stand.NextEndedAsync();
        Assert.Equal(GatewayError.UpstreamTimeout, ended.Failure?.Error);
        Assert.Equal(2, ended.Upstream!.Attempts);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task SilenceUntilTheFirstByte_Is504_AndNotRepeated(bool ofRoute)
    {
        var time = new FakeTimeProvider();
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = new RawService(async (peer, _) =>
        {
            await peer.ReadHeadAsync();
            heard.SetResult();
            await peer.ReadToEndAsync();
        });
        var settings = ofRoute
            ? Settings(service.Url, time, new() { FirstByte = TimeSpan.FromHours(1) }) with { Timeout = TimeSpan.FromSeconds(3) }
            : Settings(service.Url, time, new() { FirstByte = TimeSpan.FromSeconds(3) });
        await using var stand = await ForwardStand.StartAsync(settings);

        var sending = stand.SendAsync(new(HttpMethod.Get, "/"));
        await heard.Task;
        time.Advance(TimeSpan.FromSeconds(3));
        using var answer = await sending;

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Equal(1, service.Connections);
    }

    [Fact]
    public async Task SlowUpload_LongerThanTheFirstByteTime_IsNotPunished()
    {
        var time = new FakeTimeProvider();
        var received = new SemaphoreSlim(0);
        await using var backend = await TestServer.StartAsync(async context =>
        {
            var one = new byte[1];
            while (await context.Request.Body.ReadAsync(one) > 0)
            {
                received.Release();
            }
        });
        await using var stand = await ForwardStand.StartAsync(Settings(backend.Url, time, new() { FirstByte = TimeSpan.FromSeconds(1), Idle = TimeSpan.FromSeconds(20) }));
        var client = await RawPeer.ConnectAsync(stand.Port);

        await client.SendAsync("POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
        foreach (var letter in "abcde")
        {
            await client.SendAsync($"{letter}");
            await received.WaitAsync(Stop);
            if (letter != 'e')
            {
                // Twice this is less than the idle time: the byte before may be accounted for after the clock has moved.
                time.Advance(TimeSpan.FromSeconds(9));
            }
        }

        Assert.StartsWith("HTTP/1.1 200 ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientThatStopsInItsBody_Is408()
    {
        var time = new FakeTimeProvider();
        var received = new SemaphoreSlim(0);
        await using var backend = await TestServer.StartAsync(async context =>
        {
            var one = new byte[1];
            while (await context.Request.Body.ReadAsync(one) > 0)
            {
                received.Release();
            }
        });
        await using var stand = await ForwardStand.StartAsync(Settings(backend.Url, time, new() { Idle = TimeSpan.FromSeconds(20) }));
        var client = await RawPeer.ConnectAsync(stand.Port);

        await client.SendAsync("POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 5\r\n\r\na");
        await received.WaitAsync(Stop);
        time.Advance(TimeSpan.FromSeconds(20));

        Assert.StartsWith("HTTP/1.1 408 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")]
    public async Task AnswerCutInTheMiddle_LooksBrokenToTheClient(string cut)
    {
        var client = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = new RawService(async (peer, _) =>
        {
            await peer.ReadHeadAsync();
            await peer.SendAsync(cut);
            await client.Task;
            peer.Close();
        });
        await using var stand = await ForwardStand.StartAsync(Settings(service.Url));

        using var answer = await stand.SendAsync(new(HttpMethod.Get, "/"), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync(Stop);
        await body.ReadExactlyAsync(new byte[3], Stop);
        client.SetResult();

        await Assert.ThrowsAnyAsync<IOException>(() => body.ReadExactlyAsync(new byte[1], Stop).AsTask());
        Assert.Equal(GatewayError.UpstreamUnreachable, (await stand.NextEndedAsync()).Failure?.Error);
    }

    [Fact]
    public async Task AnswerThatFallsSilent_LooksBrokenToTheClient()
    {
        var time = new FakeTimeProvider();
        await using var service = new RawService(async (peer, _) =>
        {
            await peer.ReadHeadAsync();
            await peer.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            await peer.ReadToEndAsync();
        });
        await using var stand = await ForwardStand.StartAsync(Settings(service.Url, time, new() { Idle = TimeSpan.FromSeconds(20) }));

        using var answer = await stand.SendAsync(new(HttpMethod.Get, "/"), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync(Stop);
        await body.ReadExactlyAsync(new byte[3], Stop);
        time.Advance(TimeSpan.FromSeconds(20));

        await Assert.ThrowsAnyAsync<IOException>(() => body.ReadExactlyAsync(new byte[1], Stop).AsTask());
        Assert.Equal(GatewayError.UpstreamTimeout, (await stand.NextEndedAsync()).Failure?.Error);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")]
    [InlineData("not HTTP at all\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: a\u0001b\r\n\r\nok")]
    public async Task AnswerThatCannotBePassedOn_Is502(string text)
    {
        await using var service = new RawService(async (peer, _) =>
        {
            await peer.ReadHeadAsync();
            await peer.SendAsync(text);
            peer.Close();
        });
        await using var stand = await ForwardStand.StartAsync(Settings(service.Url));

        using var answer = await stand.SendAsync(new(HttpMethod.Post, "/"));

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.False(answer.Headers.Contains("X"));
    }

    [Fact]
    public async Task EarlyAnswer_WithTheBodyStillOnItsWay_IsPassedOn()
    {
        await using var backend = await TestServer.StartAsync(
            async context =>
            {
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                await context.Response.CompleteAsync();
            },
            HttpProtocols.Http2);
        var settings = Settings(backend.Url);
        await using var stand = await ForwardStand.StartAsync(settings with { Service = settings.Service with { Protocol = Gateway.Upstreams.HttpProtocol.Http2 } });
        var client = await RawPeer.ConnectAsync(stand.Port);

        await client.SendAsync("POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 500000\r\n\r\nabc");

        var head = await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 413 ", head, StringComparison.Ordinal);
        Assert.DoesNotContain("problem+json", head, StringComparison.Ordinal);
        Assert.Null((await stand.NextEndedAsync()).Failure);
    }

    [Fact]
    public async Task BodyLargerThanTheServerTakes_Is413()
    {
        await using var backend = await TestServer.StartAsync(context => context.Request.Body.CopyToAsync(Stream.Null));
        await using var stand = await ForwardStand.StartAsync(Settings(backend.Url) with
        {
            Before = (context, next) =>
            {
                context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = 10;
                return next(context);
            },
        });
        var client = await RawPeer.ConnectAsync(stand.Port);

        await client.SendAsync("POST / HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n01234567890123456789\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal(GatewayError.RequestTooLarge, (await stand.NextEndedAsync()).Failure?.Error);
    }

    [Fact]
    public async Task RefusalOfABodyStage_IsKept()
    {
        await using var backend = await TestServer.StartAsync(context => context.Request.Body.CopyToAsync(Stream.Null));
        await using var stand = await ForwardStand.StartAsync(Settings(backend.Url) with
        {
            Before = (context, next) =>
            {
                context.Request.Body = new RefusingBody(context);
                return next(context);
            },
        });

        using var answer = await stand.SendAsync(new(HttpMethod.Post, "/") { Content = new StringContent("x") });

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("099"), InlineData("000"), InlineData("600"), InlineData("999")]
    public async Task AnswerWithoutARealStatus_Is502(string status)
    {
        await using var service = new RawService(async (peer, _) =>
        {
            await peer.ReadHeadAsync();
            await peer.SendAsync($"HTTP/1.1 {status} x\r\nContent-Length: 2\r\n\r\nno");
        });
        await using var stand = await ForwardStand.StartAsync(Settings(service.Url));

        using var answer = await stand.SendAsync(new(HttpMethod.Get, "/"));

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal(GatewayError.UpstreamUnreachable, (await stand.NextEndedAsync()).Failure?.Error);
    }

    // How often a request is sent, by method, by when the first one fails, and by body. The four are .NET's own handler's, which
    // sends a request without a body again where a connection breaks before the answer.
    [Theory]
    [InlineData("GET", "always", "", 4), InlineData("PUT", "always", "small", 2), InlineData("POST", "always", "small", 1), InlineData("GET", "reset after head", "", 2), InlineData("HEAD", "reset after head", "", 2), InlineData("OPTIONS", "reset after head", "", 2)]
    [InlineData("PUT", "reset after body", "small", 2), InlineData("DELETE", "reset after body", "small", 2)]
    [InlineData("PUT", "reset after body", "large", 1)]
    [InlineData("POST", "reset after head", "", 1), InlineData("PATCH", "reset after head", "", 1)]
    [InlineData("POST", "reset after body", "small", 1), InlineData("PATCH", "reset after body", "small", 1)]
    [InlineData("GET", "503", "", 2), InlineData("PUT", "503", "small", 2), InlineData("PUT", "503", "large", 1)]
    [InlineData("POST", "503", "small", 1), InlineData("POST", "503", "", 1), InlineData("GET", "500", "", 1), InlineData("GET", "502", "", 1)]
    public async Task Attempts_ByMethodAndMoment(string method, string moment, string body, int attempts)
    {
        var large = new string('x', SentContent.MostKept + 1);
        var sent = body switch { "small" => "small", "large" => large, _ => "" };
        var bodies = new List<string>();
        await using var service = new RawService(async (peer, number) =>
        {
            await peer.ReadHeadAsync();
            if (moment == "reset after head" && number == 0)
            {
                peer.Reset();
                return;
            }

            // Always read: a body that breaks off while it is sent is not kept whole, and how much was sent would be chance.
            bodies.Add(await peer.ReadAsync(sent.Length));
            if (moment == "always" || (moment == "reset after body" && number == 0))
            {
                peer.Reset();
                return;
            }

            await peer.SendAsync(number == 0 ? $"HTTP/1.1 {moment} Not now\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno" : Ok);
        });
        var settings = Settings(service.Url);
        await using var stand = await ForwardStand.StartAsync(settings with { Service = settings.Service with { Retry = new() { On = ["connect", "503"] } } });
        var request = new HttpRequestMessage(new HttpMethod(method), "/") { Content = sent.Length > 0 ? new StringContent(sent) : null };

        using var answer = await stand.SendAsync(request);

        var expected = moment == "always" ? 502 : attempts == 2 ? 200 : moment.Length == 3 ? int.Parse(moment, null) : 502;
        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Equal(attempts, service.Connections);
        Assert.All(bodies, seen => Assert.Equal(sent, seen));
    }

    [Theory]
    [InlineData("POST"), InlineData("GET")]
    public async Task ConnectingFails_TriesTheOtherUrl_WhateverTheMethod(string method)
    {
        await using var backend = await TestServer.StartAsync(async context => await context.Response.WriteAsync(await new StreamReader(context.Request.Body).ReadToEndAsync()));
        await using var stand = await ForwardStand.StartAsync(new() { Service = new() { Urls = [DeadUrl(), backend.Url], Balance = BalanceMode.First } });

        using var answer = await stand.SendAsync(new(new HttpMethod(method), "/") { Content = new StringContent("once") });

        Assert.Equal("once", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(2, (await stand.NextEndedAsync()).Upstream!.Attempts);
    }

    private static string DeadUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    private static StandSettings Settings(string url, TimeProvider? time = null, TimeoutConfig? timeout = null) =>
        new() { Service = new() { Urls = [url], Timeout = timeout ?? new() }, Time = time ?? TimeProvider.System };

    /// <summary>Connections that are never made.</summary>
    private sealed class BlackHole : IUpstreamHandlers
    {
        public HttpMessageHandler Create(string service, ServiceConfig config)
        {
            var handler = (SocketsHttpHandler)new UpstreamHandlers().Create(service, config);
            handler.ConnectCallback = static async (_, cancellation) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
                throw new InvalidOperationException("Infinity is over.");
            };
            return handler;
        }
    }

    /// <summary>A body that an earlier stage refuses while it is read.</summary>
    private sealed class RefusingBody(HttpContext context) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            context.Gateway().Failure = new(GatewayError.UnsupportedMediaType);
            throw new IOException("Refused.");
        }
    }
}
