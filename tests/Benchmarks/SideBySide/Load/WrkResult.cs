using System.Globalization;
using System.Text.RegularExpressions;

namespace Benchmarks.SideBySide.Load;

/// <summary>What wrk says at its end.</summary>
internal sealed partial record WrkResult(long Requests, double Seconds)
{
    /// <exception cref="BenchFailure">Not every request was answered well: figures of such a round say nothing.</exception>
    public static WrkResult Parse(string text, string what)
    {
        var totals = Totals().Match(text);
        if (!totals.Success || text.Contains("Socket errors", StringComparison.Ordinal) || text.Contains("Non-2xx", StringComparison.Ordinal))
        {
            throw new BenchFailure($"{what}: not every request was answered with 2xx.\n{text}");
        }

        var unit = totals.Groups[3].Value switch { "us" => 1e-6, "ms" => 1e-3, "s" => 1, "m" => 60, _ => 3600 };
        var result = new WrkResult(long.Parse(totals.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(totals.Groups[2].Value, CultureInfo.InvariantCulture) * unit);
        return result.Requests > 0
            ? result
            : throw new BenchFailure($"{what}: nothing was answered.\n{text}");
    }

    [GeneratedRegex(@"(\d+) requests in ([\d.]+)(us|ms|s|m|h),")]
    private static partial Regex Totals();
}
