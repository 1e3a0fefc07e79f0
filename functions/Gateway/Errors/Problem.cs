using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Errors;

/// <summary>Writes a failure as application/problem+json (RFC 9457).</summary>
internal static class Problem
{
    private const string MediaType = "application/problem+json";

    /// <summary>Where the page of each problem stands; the gateway answers it itself.</summary>
    public const string TypePrefix = "/_gateway/problems/";

    // Read by people in terminals, and never put into a page: quotes and umlauts need no escapes.
    private static readonly JsonWriterOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, Failure failure)
    {
        var response = context.Response;
        var body = Render(failure, context.Gateway().Id);

        response.Clear();
        response.StatusCode = failure.Error.Describe().Status;
        foreach (var (name, value) in failure.Headers)
        {
            response.Headers.Append(name, value);
        }

        response.ContentType = MediaType;
        response.ContentLength = body.Length;
        // RFC 9110 §15.5: several of these statuses may be cached by default; a refusal never should be.
        response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static ReadOnlyMemory<byte> Render(Failure failure, string requestId)
    {
        var row = failure.Error.Describe();
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, _readable);
        json.WriteStartObject();
        json.WriteString("type", TypePrefix + row.Slug);
        json.WriteString("title", row.Title);
        json.WriteNumber("status", row.Status);
        json.WriteString("detail", failure.Detail ?? row.Meaning);
        json.WriteString("instance", requestId);
        foreach (var (name, value) in failure.Members)
        {
            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case IEnumerable<object?> items:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    WriteValue(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"A problem's member cannot be a {value.GetType().Name}.", nameof(value));
        }
    }
}
