using System.Buffers;
using System.Net;
using System.Text.Json;
using System.Text.Unicode;

namespace Gateway.Composition;

/// <summary>Reads the answer of a part into memory, never more than it may be, and makes sure that it is JSON.</summary>
internal static class PartAnswer
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static async Task<PartOutcome> ReadAsync(HttpResponseMessage answer, long maxBytes, bool parse, CancellationToken cancellation)
    {
        var status = (int)answer.StatusCode;
        if (answer.StatusCode == HttpStatusCode.NoContent)
        {
            return new("null"u8.ToArray(), null);
        }

        if (!answer.IsSuccessStatusCode || !IsJson(answer.Content))
        {
            return PartOutcome.Failed(answer.IsSuccessStatusCode ? PartFailureReason.NotJson : PartFailureReason.Status, status);
        }

        if (answer.Content.Headers.ContentLength > maxBytes || await ReadAsync(answer.Content, maxBytes, cancellation) is not { } bytes)
        {
            return PartOutcome.Failed(PartFailureReason.TooLarge, status);
        }

        var json = bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        return IsValid(json.Span)
            ? new(json, null) { Value = parse ? JsonElement.Parse(json.Span) : default }
            : PartOutcome.Failed(PartFailureReason.NotJson, status);
    }

    // A content coding that nobody asked for would end up in the answer as bytes.
    private static bool IsJson(HttpContent content) =>
        content.Headers.ContentType?.MediaType is { } type
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        && content.Headers.ContentEncoding.All(coding => coding.Equals("identity", StringComparison.OrdinalIgnoreCase));

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, long maxBytes, CancellationToken cancellation)
    {
        await using var body = await content.ReadAsStreamAsync(cancellation);
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(content.Headers.ContentLength ?? 4096, 256, 64 * 1024));
        while (true)
        {
            var read = await body.ReadAsync(buffer.GetMemory(), cancellation);
            if (read == 0)
            {
                return buffer.WrittenMemory;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes)
            {
                return null;
            }
        }
    }

    // The reader checks the grammar (RFC 8259, at most 64 deep), and leaves UTF-8 inside texts unchecked.
    private static bool IsValid(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
            }

            return reader.TokenType != JsonTokenType.None;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
