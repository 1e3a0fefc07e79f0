using System.Globalization;

namespace Gateway.Limits.Exact;

/// <summary>The time in an ETag of table storage: W/"datetime'2026-11-24T23%3A42%3A51.1234567Z'".</summary>
internal static class ETagTime
{
    private const string Before = "W/\"datetime'";
    private const string After = "'\"";

    /// <summary>In ticks, floored to milliseconds: an emulator's last four digits are no time. Null: it holds none.</summary>
    public static long? Of(string etag)
    {
        if (!etag.StartsWith(Before, StringComparison.Ordinal) || !etag.EndsWith(After, StringComparison.Ordinal))
        {
            return null;
        }

        var text = Uri.UnescapeDataString(etag[Before.Length..^After.Length]);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time.UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond
            : null;
    }
}
