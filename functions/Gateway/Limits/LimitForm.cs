using System.Globalization;
using Gateway.Configuration;

namespace Gateway.Limits;

/// <summary>"100 per 10s by consumer", "10 per 1s burst 50 by consumer", "100000 per month", "3 in flight by consumer".</summary>
internal sealed class LimitForm : TextForm
{
    public override string Expected => "a limit such as 100 per 10s by consumer";

    public override Parsed Parse(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [var count, "in", "flight", .. var rest] => Number(count) is { } number
                ? Rest(new() { Count = number, InFlight = true }, rest, text)
                : NotANumber(count),
            [var count, "per", var window, .. var rest] => Number(count) is { } number
                ? Window(new() { Count = number }, window) is { } limit ? Rest(limit, rest, text) : NotAWindow(window)
                : NotANumber(count),
            _ => Parsed.Fail($"'{text}' is not a limit.", "Write 100 per 10s by consumer, 10 per 1s burst 50, 100000 per month, or 3 in flight."),
        };
    }

    /// <summary>A whole number above zero, or null.</summary>
    internal static long? Number(string word) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    internal static LimitConfig? Window(LimitConfig limit, string word) => word switch
    {
        "day" => limit with { Period = CalendarPeriod.Day },
        "month" => limit with { Period = CalendarPeriod.Month },
        _ => DurationText.Parse(word) is { } window && window > TimeSpan.Zero ? limit with { Window = window } : null,
    };

    internal static Parsed NotANumber(string word) => Parsed.Fail($"'{word}' is not a whole number above zero.", "Write a number such as 100.");

    internal static Parsed NotAWindow(string word) =>
        Parsed.Fail($"'{word}' is neither a duration nor day or month.", "Write a rolling window such as 10s, 1m, 1h or 30d, or a calendar period: day or month.");

    private static Parsed Rest(LimitConfig limit, string[] words, string text) => words switch
    {
        [] => new(limit),
        ["burst", var burst, .. var rest] when limit.Burst is null => Number(burst) is { } number
            ? Rest(limit with { Burst = number }, rest, text)
            : NotANumber(burst),
        ["by", .. var key] when limit.By.Count == 0 => LimitKeyForm.Find(string.Join(' ', key)) is { } by
            ? new(limit with { By = [by] })
            : new LimitKeyForm().Parse(string.Join(' ', key)),
        _ => Parsed.Fail($"'{words[0]}' is not understood in '{text}'.", "After the rate may stand: burst 50, and at the end: by consumer."),
    };
}
