using System.Globalization;
using Benchmarks.SideBySide.Rounds;

namespace Benchmarks.SideBySide.Report;

/// <summary>Every round as it was, for whoever wants to reckon anew: one line each, after it the seconds of each first load.</summary>
internal static class RoundList
{
    public static string Of(Results results) => string.Concat(
    [
        "kind,start,peer,work,for,second,requests,seconds,cpu_us_per_request,requests_per_second,foreign_cores,repeats,rss_mib,pss_mib,storage_operations\n",
        .. results.Rounds.Select(static round => string.Create(
            CultureInfo.InvariantCulture,
            $"round,{round.Start},{round.Peer},{round.Work.Name},{round.For},,{round.Requests},{round.Seconds:0.00},{round.Microseconds:0.00},{round.PerSecond:0},{round.Foreign:0.000},{round.Repeats},{round.RssMiB:0.0},{round.PssMiB:0.0},{round.StorageOperations.Values.Sum()}\n")),
        .. from one in results.Warmths
           from window in one.Warmth.Windows.Index()
           select string.Create(CultureInfo.InvariantCulture, $"warming,{one.Start},{one.Peer},{one.Work.Name},{one.Peer},{window.Index + 1},,,{window.Item:0.00},,,,,,\n"),
    ]);
}
