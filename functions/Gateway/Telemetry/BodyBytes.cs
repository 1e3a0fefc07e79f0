using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Telemetry;

/// <summary>Counts the bytes of both bodies as they pass.</summary>
internal sealed class BodyBytes
{
    private long _received;
    private long _sent;

    public long Received => Interlocked.Read(ref _received);

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Counts from here on.</summary>
    public static BodyBytes Count(HttpContext context)
    {
        var bytes = new BodyBytes();
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true)
        {
            context.Request.Body = new CountedStream(context.Request.Body, count => Interlocked.Add(ref bytes._received, count));
        }

        if (context.Features.Get<IHttpResponseBodyFeature>() is { } body)
        {
            context.Features.Set<IHttpResponseBodyFeature>(new CountedResponseBody(body, count => Interlocked.Add(ref bytes._sent, count)));
        }

        return bytes;
    }
}
