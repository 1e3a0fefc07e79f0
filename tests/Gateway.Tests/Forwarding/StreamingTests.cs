using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gateway.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gateway.Tests.Forwarding;

public sealed class StreamingTests
{
    private const int Chunk = 64 * 1024;
    private const int Chunks = 320;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Upload_20MB_ArrivesBeforeItIsComplete(bool chunked)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await TestServer.StartAsync(async context =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[Chunk];
            for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                seen.TrySetResult();
            }

            context.Response.Headers["framing"] = context.Request.Headers.TransferEncoding.ToString() + context.Request.ContentLength;
            await context.Response.WriteAsync(Convert.ToHexString(hash.GetHashAndReset()));
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(backend.Url));
        var content = new GatedContent(seen.Task, chunked ? null : Chunk * Chunks);

        using var answer = await stand.SendAsync(new(HttpMethod.Put, "/") { Content = content });

        Assert.Equal(content.Hash, await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(chunked ? "chunked" : $"{Chunk * Chunks}", answer.Headers.GetValues("framing").Single());
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Download_20MB_ArrivesBeforeItIsComplete(bool chunked)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var content = new GatedContent(seen.Task, Chunk * Chunks);
        await using var backend = await TestServer.StartAsync(context =>
        {
            context.Response.ContentLength = chunked ? null : Chunk * Chunks;
            return content.CopyToAsync(context.Response.Body);
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(backend.Url));

        using var answer = await stand.SendAsync(new(HttpMethod.Get, "/"), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync(Stop);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Chunk];
        for (int read; (read = await body.ReadAsync(buffer, Stop)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            seen.TrySetResult();
        }

        Assert.Equal(content.Hash, Convert.ToHexString(hash.GetHashAndReset()));
        Assert.Equal(chunked ? null : Chunk * Chunks, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Events_ArePassedOnOneByOne()
    {
        var confirmed = new SemaphoreSlim(0);
        await using var backend = await TestServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            await context.Response.Body.FlushAsync();
            for (var number = 1; number <= 3; number++)
            {
                // Not before the client has the header fields, and then each event before this one.
                await confirmed.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync($"data: {number}\n\n");
            }
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(backend.Url));

        using var answer = await stand.SendAsync(new(HttpMethod.Get, "/"), HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
        for (var number = 1; number <= 3; number++)
        {
            confirmed.Release();
            Assert.Equal($"data: {number}", await events.ReadLineAsync(Stop));
            Assert.Equal("", await events.ReadLineAsync(Stop));
        }

        Assert.Null(await events.ReadLineAsync(Stop));
    }

    [Fact]
    public async Task Trailers_OverHttp2_ArePassedOn()
    {
        await using var backend = await TestServer.StartAsync(
            async context =>
            {
                context.Response.DeclareTrailer("grpc-status");
                await context.Response.WriteAsync(context.Request.Headers.TE.ToString());
                context.Response.AppendTrailer("grpc-status", "0");
                context.Response.AppendTrailer("grpc-message", "done");
            },
            HttpProtocols.Http2);
        await using var stand = await ForwardStand.StartAsync(Http2(backend.Url));
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("x") };
        request.Headers.TE.ParseAdd("trailers");

        using var answer = await stand.SendAsync(request);

        Assert.Equal("trailers", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal("0", answer.TrailingHeaders.GetValues("grpc-status").Single());
        Assert.Equal("done", answer.TrailingHeaders.GetValues("grpc-message").Single());
    }

    [Fact]
    public async Task TrailersOnly_AsGrpcFailuresAre_EndTheStreamWithTheFields()
    {
        await using var backend = await TestServer.StartAsync(
            context =>
            {
                context.Response.ContentType = "application/grpc";
                context.Response.Headers["grpc-status"] = "12";
                return Task.CompletedTask;
            },
            HttpProtocols.Http2);
        await using var stand = await ForwardStand.StartAsync(Http2(backend.Url));

        using var answer = await stand.SendAsync(Grpc(new StringContent("x")));

        Assert.Equal("12", answer.Headers.GetValues("grpc-status").Single());
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task Grpc_StreamsBothWaysAtOnce()
    {
        await using var backend = await TestServer.StartAsync(
            async context =>
            {
                context.Response.ContentType = "application/grpc";
                await context.Response.Body.FlushAsync();
                var buffer = new byte[16];
                for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0;)
                {
                    await context.Response.Body.WriteAsync(buffer.AsMemory(0, read));
                }

                context.Response.AppendTrailer("grpc-status", "0");
            },
            HttpProtocols.Http2);
        await using var stand = await ForwardStand.StartAsync(Http2(backend.Url));
        var content = new PushedContent();

        var sending = stand.SendAsync(Grpc(content), HttpCompletionOption.ResponseHeadersRead);
        await content.SendAsync("a");
        using var answer = await sending;
        await using var body = await answer.Content.ReadAsStreamAsync(Stop);
        var heard = new byte[1];
        foreach (var letter in "abc")
        {
            if (letter != 'a')
            {
                await content.SendAsync($"{letter}");
            }

            await body.ReadExactlyAsync(heard, Stop);
            Assert.Equal((byte)letter, heard[0]);
        }

        content.Complete();
        Assert.Equal(0, await body.ReadAsync(heard, Stop));
        Assert.Equal("0", answer.TrailingHeaders.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task ExpectContinue_IsAnsweredWhenTheServiceReadsTheBody()
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await TestServer.StartAsync(async context =>
        {
            await read.Task;
            await context.Response.WriteAsync(await new StreamReader(context.Request.Body).ReadToEndAsync());
        });
        // A service that keeps silent gets the body after a second, on a clock that here stands still.
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(backend.Url) with { Handlers = new PatientHandlers() });
        var client = await RawPeer.ConnectAsync(stand.Port);

        await client.SendAsync("POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 4\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        var first = client.ReadHeadAsync();
        Assert.False(first.IsCompleted);
        read.SetResult();
        Assert.StartsWith("HTTP/1.1 100 ", await first, StringComparison.Ordinal);
        await client.SendAsync("body");

        Assert.Contains("body", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExpectContinue_RefusedByTheService_NeverAsksTheClientForItsBody()
    {
        await using var backend = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(backend.Url) with { Handlers = new PatientHandlers() });
        var client = await RawPeer.ConnectAsync(stand.Port);

        // Up to 1 KB the handler rather sends the body than gives the connection up.
        await client.SendAsync("POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientGone_CancelsTheCallBehind()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await TestServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(aborted.SetResult);
            begun.SetResult();
            await aborted.Task;
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(backend.Url));
        var client = await RawPeer.ConnectAsync(stand.Port);

        await client.SendAsync("GET / HTTP/1.1\r\nHost: g\r\n\r\n");
        await begun.Task;
        client.Close();
        await aborted.Task;

        Assert.Equal(GatewayError.ClientGone, (await stand.NextEndedAsync()).Failure?.Error);
    }

    [Fact]
    public async Task WebSocket_IsPassedThrough()
    {
        await using var backend = await TestServer.StartAsync(async context =>
        {
            var upgrade = context.Features.GetRequiredFeature<IHttpUpgradeFeature>();
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers.Connection = "Upgrade";
            await using var stream = await upgrade.UpgradeAsync();
            var four = new byte[4];
            await stream.ReadExactlyAsync(four);
            await stream.WriteAsync(four.Reverse().ToArray());
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(backend.Url));
        var client = await RawPeer.ConnectAsync(stand.Port);

        await client.SendAsync("GET / HTTP/1.1\r\nHost: g\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
        var head = await client.ReadHeadAsync();
        await client.SendAsync("ping");

        Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
        Assert.Equal("gnip", await client.ReadAsync(4));
        client.Close();
    }

    private static StandSettings Http2(string url) => new()
    {
        Service = new() { Urls = [url], Protocol = Gateway.Upstreams.HttpProtocol.Http2 },
        Protocols = HttpProtocols.Http2,
    };

    private static HttpRequestMessage Grpc(HttpContent content)
    {
        content.Headers.ContentType = new("application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, "/pkg.Service/Method") { Content = content };
        request.Headers.TE.ParseAdd("trailers");
        return request;
    }

    /// <summary>Many chunks, of which only the first is sent before the gate opens.</summary>
    private sealed class GatedContent(Task gate, long? length) : HttpContent
    {
        private readonly byte[] _chunk = RandomNumberGenerator.GetBytes(Chunk);

        public string Hash
        {
            get
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                for (var count = 0; count < Chunks; count++)
                {
                    hash.AppendData(_chunk);
                }

                return Convert.ToHexString(hash.GetHashAndReset());
            }
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_chunk, Stop);
            await stream.FlushAsync(Stop);
            await gate.WaitAsync(Stop);
            for (var count = 1; count < Chunks; count++)
            {
                await stream.WriteAsync(_chunk, Stop);
            }
        }

        protected override bool TryComputeLength(out long size)
        {
            size = length ?? 0;
            return length is not null;
        }
    }

    /// <summary>A body that the test writes while it is sent.</summary>
    private sealed class PushedContent : HttpContent
    {
        private readonly System.IO.Pipelines.Pipe _pipe = new();

        public async Task SendAsync(string text)
        {
            _pipe.Writer.Write(Encoding.Latin1.GetBytes(text));
            await _pipe.Writer.FlushAsync(Stop);
        }

        public void Complete() => _pipe.Writer.Complete();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var body = _pipe.Reader.AsStream();
            var buffer = new byte[64];
            for (int read; (read = await body.ReadAsync(buffer, Stop)) > 0;)
            {
                await stream.WriteAsync(buffer.AsMemory(0, read), Stop);
                await stream.FlushAsync(Stop);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class PatientHandlers : Gateway.Upstreams.IUpstreamHandlers
    {
        public HttpMessageHandler Create(string service, Gateway.Upstreams.ServiceConfig config)
        {
            var handler = (SocketsHttpHandler)new Gateway.Upstreams.UpstreamHandlers().Create(service, config);
            handler.Expect100ContinueTimeout = Timeout.InfiniteTimeSpan;
            return handler;
        }
    }
}
