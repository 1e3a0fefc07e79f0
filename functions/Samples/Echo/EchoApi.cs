using System.Buffers;
using System.Security.Cryptography;
using Mesh.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Samples.Echo;

/// <summary>The Echo sample: answers with what it saw, and can be asked to behave in other ways.</summary>
public static class EchoApi
{
    private const int BlockBytes = 64 * 1024;

    /// <summary>
    /// Any method and path: <see cref="EchoAnswer"/>. Below the root, /echo and /public/echo also:
    /// /status/{code} answers with that code; /bytes/{count} streams so many bytes down; /trailers sends a trailer (HTTP/2);
    /// /sse sends one server-sent event and the second only after a POST to /sse/{id}, whose id the first one holds.
    /// </summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var all = endpoints.MapGroup("").RequireMeshCaller("gateway");
        var streams = new ConfirmedStreams();
        foreach (var prefix in new[] { "", "/echo", "/public/echo" })
        {
            var group = all.MapGroup(prefix);
            group.Map("/status/{code:int:range(200,599)}", (int code) => Results.StatusCode(code));
            group.MapGet("/bytes/{count:long:min(0)}", SendBytesAsync);
            group.MapGet("/trailers", SendTrailersAsync);
            group.MapGet("/sse", streams.SendAsync);
            group.MapPost("/sse/{id}", streams.Confirm);
        }

        all.Map("/{**path}", AnswerAsync);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var body = await ReadAsync(context.Request, context.RequestAborted);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?');
        var answer = new EchoAnswer(
            context.Request.Method,
            question < 0 ? target : target[..question],
            question < 0 ? "" : target[question..],
            context.Request.Protocol,
            Fields(context.Request.Headers),
            body,
            context.Request.CheckTrailersAvailable() ? Fields(context.Features.GetRequiredFeature<IHttpRequestTrailersFeature>().Trailers) : Fields([]),
            context.MeshCaller()?.Id.ToString(),
            context.MeshCaller()?.Serial);
        await context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
    }

    private static async Task<EchoBody> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var length = 0L;
            for (int read; (read = await request.Body.ReadAsync(block, cancellation)) > 0; length += read)
            {
                hash.AppendData(block, 0, read);
            }

            return new(length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static async Task SendBytesAsync(long count, HttpContext context)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = count;
        var block = new byte[BlockBytes];
        for (var left = count; left > 0; left -= block.Length)
        {
            await context.Response.Body.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)), context.RequestAborted);
        }
    }

    private static async Task SendTrailersAsync(HttpContext context)
    {
        if (context.Response.SupportsTrailers())
        {
            context.Response.DeclareTrailer("echo-trailer");
        }

        await context.Response.WriteAsync("A trailer follows over HTTP/2.\n", context.RequestAborted);
        if (context.Response.SupportsTrailers())
        {
            context.Response.AppendTrailer("echo-trailer", "sent after the body");
        }
    }

    private static Dictionary<string, string[]> Fields(IEnumerable<KeyValuePair<string, StringValues>> fields) =>
        fields.ToDictionary(field => field.Key.ToLowerInvariant(), field => field.Value.Select(value => value ?? "").ToArray(), StringComparer.Ordinal);
}
