using System.Globalization;

namespace Cli;

/// <summary>Durations and moments as an operator writes them; units as in the configuration: s m h d.</summary>
internal static class Durations
{
    private const long Tenth = TimeSpan.TicksPerSecond / 10;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(36500);

    /// <summary>"90s", "15m", "24h", "30d".</summary>
    public static TimeSpan Parse(string text, string option) => TryParse(text)
        ?? throw CommandException.Usage($"{option}: \"{text}\" is not a duration.", "Write a number and its unit: 90s, 15m, 24h or 30d.");

    /// <summary>A duration from now, a day ("2027-01-31", its first moment in UTC) or a moment with its zone ("2027-01-31T12:00:00Z").</summary>
    public static DateTimeOffset ParseMoment(string text, string option, DateTimeOffset now)
    {
        const string mend = "Write how long (90d, 12h), a day (2027-01-31) or a moment (2027-01-31T12:00:00Z).";
        DateTimeOffset moment;
        if (TryParse(text) is { } duration)
        {
            moment = now + duration;
        }
        else if (!DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out moment))
        {
            throw CommandException.Usage($"{option}: \"{text}\" is neither a duration nor a date.", mend);
        }

        return moment > now ? moment : throw CommandException.Usage($"{option}: {moment:yyyy-MM-dd HH:mm}Z is not in the future.", mend);
    }

    /// <summary>How long, as a person says it: "0.4s", "12m 5s", "3h 20m", "2d 4h". Rounded up, and never below zero.</summary>
    public static string Show(TimeSpan duration)
    {
        var tenths = Math.Max((duration.Ticks + Tenth - 1) / Tenth, 0);
        if (tenths < 600)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{tenths / 10m:0.0}s");
        }

        var whole = TimeSpan.FromSeconds((tenths + 9) / 10);
        return whole switch
        {
            { TotalHours: < 1 } => $"{whole.Minutes}m {whole.Seconds}s",
            { TotalDays: < 1 } => $"{whole.Hours}h {whole.Minutes}m",
            _ => $"{whole.Days}d {whole.Hours}h",
        };
    }

    /// <summary>How long ago, in whole seconds at least: "12s", "3m 5s". Rounded down, and never below zero.</summary>
    public static string Age(TimeSpan duration)
    {
        var whole = TimeSpan.FromSeconds(Math.Max(Math.Floor(duration.TotalSeconds), 0));
        return whole.TotalMinutes < 1 ? $"{whole.Seconds}s" : Show(whole);
    }

    private static TimeSpan? TryParse(string text)
    {
        if (text.Length < 2 || !long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        double seconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => -1 };
        return seconds < 0 || number > Longest.TotalSeconds / seconds ? null : TimeSpan.FromSeconds(number * seconds);
    }
}
