using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Gateway.OwnEndpoints;

/// <summary>Answers to those who watch an instance: application/health+json, not kept by anyone.</summary>
internal static class HealthAnswers
{
    /// <summary>The process answers; that is all that this says.</summary>
    public static Task WriteLiveAsync(HttpContext context) => WriteAsync(context, null, null);

    /// <summary>Whether to send this instance requests: it has a configuration and is not shutting down.</summary>
    public static Task WriteReadyAsync(HttpContext context, string? release, bool isDraining) => WriteAsync(
        context,
        release,
        isDraining ? "The instance is shutting down." : release is null ? "No configuration has been loaded yet." : null);

    private static Task WriteAsync(HttpContext context, string? release, string? trouble)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("status", trouble is null ? "pass" : "fail");
            if (release is not null)
            {
                json.WriteString("releaseId", release);
            }

            if (trouble is not null)
            {
                json.WriteString("output", trouble);
            }

            json.WriteEndObject();
        }

        context.Response.StatusCode = trouble is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        return OwnAnswer.WriteAsync(context, "application/health+json", buffer.WrittenMemory);
    }
}
