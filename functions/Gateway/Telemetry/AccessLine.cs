using System.Collections;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Unicode;
using Gateway.Errors;
using Gateway.Requests;

namespace Gateway.Telemetry;

/// <summary>
/// The fields of one access-log line. Written by hand, because a line is written for every request: it formats straight into a buffer where the
/// log can take that, and makes objects of its numbers only for those who ask for them.
/// </summary>
internal readonly struct AccessLine(RequestTags tags, GatewayRequest request, IPAddress? client, BodyBytes bytes, TimeSpan duration)
    : IReadOnlyList<KeyValuePair<string, object?>>, IUtf8SpanFormattable
{
    private const string Template =
        "{Method} route={Route} status={Status} error={Error} ms={DurationMs:F1} service={Service} url={Url} service_status={ServiceStatus} attempts={Attempts} "
        + "service_ms={ServiceMs:F1} consumer={Consumer} key={KeyId} client={ClientAddress} in={BytesIn} out={BytesOut} release={Release} request={RequestId}";

    /// <summary>The fields, and the template last, as the logging generator has them.</summary>
    public int Count => 18;

    private string? Error => request.Failure?.Error.Describe().Slug;

    // As services are told it.
    private string? Consumer => request.Caller.Consumer is { } consumer ? IdentityHeaders.Encode(consumer) : null;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("Method", tags.Method),
        1 => new("Route", request.Route),
        2 => new("Status", tags.Status),
        3 => new("Error", Error),
        4 => new("DurationMs", duration.TotalMilliseconds),
        5 => new("Service", request.Upstream?.Service),
        6 => new("Url", request.Upstream?.Url),
        7 => new("ServiceStatus", request.Upstream?.Status),
        8 => new("Attempts", request.Upstream?.Attempts),
        9 => new("ServiceMs", request.Upstream?.Duration.TotalMilliseconds),
        10 => new("Consumer", Consumer),
        11 => new("KeyId", request.Caller.KeyId),
        12 => new("ClientAddress", client),
        13 => new("BytesIn", bytes.Received),
        14 => new("BytesOut", bytes.Sent),
        15 => new("Release", request.Release),
        16 => new("RequestId", request.Id),
        17 => new("{OriginalFormat}", Template),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var upstream = request.Upstream;
        return Utf8.TryWrite(
            utf8Destination,
            CultureInfo.InvariantCulture,
            $"{tags.Method} route={request.Route} status={tags.Status} error={Error} ms={Whole(duration)}.{Tenth(duration)} service={upstream?.Service} url={upstream?.Url} service_status={upstream?.Status} attempts={upstream?.Attempts} service_ms={(upstream is null ? (long?)null : Whole(upstream.Duration))}{(upstream is null ? "" : ".")}{(upstream is null ? (long?)null : Tenth(upstream.Duration))} consumer={Consumer} key={request.Caller.KeyId} client={client} in={bytes.Received} out={bytes.Sent} release={request.Release} request={request.Id}",
            out bytesWritten);
    }

    // Milliseconds, rounded to a tenth: whole numbers are formatted in a fraction of the time.
    private static long Whole(TimeSpan span) => Tenths(span) / 10;

    private static long Tenth(TimeSpan span) => Tenths(span) % 10;

    private static long Tenths(TimeSpan span) => (span.Ticks + (TimeSpan.TicksPerMillisecond / 20)) / (TimeSpan.TicksPerMillisecond / 10);

    public override string ToString()
    {
        int written;
        byte[] buffer;
        for (var size = 512; !TryFormat(buffer = new byte[size], out written, "", null); size *= 2)
        {
        }

        return Encoding.UTF8.GetString(buffer, 0, written);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
