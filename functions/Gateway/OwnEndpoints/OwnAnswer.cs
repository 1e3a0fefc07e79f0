using Microsoft.AspNetCore.Http;

namespace Gateway.OwnEndpoints;

/// <summary>Writes an answer that is ready in memory; to HEAD the same without its body.</summary>
internal static class OwnAnswer
{
    public static Task WriteAsync(HttpContext context, string type, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
