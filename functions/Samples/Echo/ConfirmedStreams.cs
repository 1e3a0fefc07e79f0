using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Samples.Echo;

/// <summary>
/// Server-sent events whose second event waits until the client has confirmed the first: whoever sees both
/// knows, without a clock, that nothing on the way held the first one back.
/// </summary>
internal sealed class ConfirmedStreams
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    public async Task SendAsync(HttpContext context)
    {
        var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var confirmed = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            context.Response.ContentType = "text/event-stream";
            await WriteAsync(context, $"event: first\ndata: {id}\n\n");
            await confirmed.Task.WaitAsync(context.RequestAborted);
            await WriteAsync(context, "event: second\ndata: confirmed\n\n");
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    public IResult Confirm(string id) => _waiting.TryGetValue(id, out var waiting) && waiting.TrySetResult()
        ? Results.NoContent()
        : Results.NotFound(new { error = "No stream of that id waits." });

    private static async Task WriteAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
