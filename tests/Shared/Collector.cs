using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Tests.Shared;

/// <summary>Takes what exporters send, in place of Azure Monitor's ingestion or a collector of OTLP, and keeps it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Collector(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = null;
            server.Listen(IPAddress.Loopback, 0, port => port.Protocols = protocols);
        });
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public string Url => _app.Urls.Single();

    /// <summary>What came so far, decompressed and without the frames of gRPC.</summary>
    public IReadOnlyList<Received> All => [.. _received];

    /// <summary>All bytes as text: a secret in it would be found.</summary>
    public string Text => string.Join('\n', All.Select(received => $"{received.Path}\n{Encoding.UTF8.GetString(received.Body)}"));

    /// <summary>Ends when anything has come.</summary>
    public Task First => _first.Task;

    /// <summary>While it is not ended, nothing is answered.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    public static async Task<Collector> StartAsync(HttpProtocols protocols = HttpProtocols.Http1)
    {
        var collector = new Collector(protocols);
        await collector._app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var isGrpc = context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) ?? false;
        using var body = new MemoryStream();
        await Decompressed(context.Request).CopyToAsync(body);
        var bytes = body.ToArray();
        _received.Enqueue(new(context.Request.Path, isGrpc ? bytes[GrpcFrame.HeaderBytes..] : bytes));
        _first.TrySetResult();
        await Hold;
        await AnswerAsync(context, isGrpc, bytes);
    }

    private static Stream Decompressed(HttpRequest request) =>
        request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;

    // An OTLP answer without members is empty, in a frame or not.
    private static async Task AnswerAsync(HttpContext context, bool isGrpc, byte[] bytes)
    {
        if (isGrpc)
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(GrpcFrame.Empty);
            context.Response.AppendTrailer("grpc-status", "0");
        }
        else if (context.Request.ContentType == "application/x-protobuf")
        {
            context.Response.ContentType = "application/x-protobuf";
        }
        else
        {
            var items = bytes.AsSpan().TrimEnd((byte)'\n').Count((byte)'\n') + 1;
            await context.Response.WriteAsJsonAsync(new { itemsReceived = items, itemsAccepted = items, errors = Array.Empty<object>() });
        }
    }

    private static class GrpcFrame
    {
        // Whether it is compressed, and the length.
        public const int HeaderBytes = 5;

        public static ReadOnlyMemory<byte> Empty { get; } = new byte[HeaderBytes];
    }
}

/// <summary>One request of an exporter.</summary>
internal sealed record Received(string Path, byte[] Body);
