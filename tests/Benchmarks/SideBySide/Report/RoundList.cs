using System.Globalization;
using Benchmarks.SideBySide.Peers;
using Benchmarks.SideBySide.Rounds;

namespace Benchmarks.SideBySide.Report;

/// <summary>Every round as it was, for whoever wants to reckon anew: one line each; after them the seconds of the loads before.</summary>
internal static class RoundList
{
    public static string Of(Results results) => string.Concat(
    [
        "kind,start,peer,work,for,second,requests,seconds,cpu_us_per_request,requests_per_second,foreign_cores,repeats,rss_mib,pss_mib,storage_operations\n",
        .. results.Rounds.Select(static round => string.Create(
            CultureInfo.InvariantCulture,
            $"round,{round.Start},{round.Peer},{round.Work.Name},{round.For},,{round.Requests},{round.Seconds:0.00},{round.Microseconds:0.00},{round.PerSecond:0},{round.Foreign:0.000},{round.Repeats},{round.RssMiB:0.0},{round.PssMiB:0.0},{round.StorageOperations.Values.Sum()}\n")),
        .. results.Youngs.SelectMany(static one => Seconds("young", one.Start, one.Peer, one.Work, one.Warmth)),
        .. results.Warmths.SelectMany(static one => Seconds("warming", one.Start, one.Peer, one.Work, one.Warmth)),
    ]);

    private static IEnumerable<string> Seconds(string kind, int start, Peer peer, Work work, Warmth warmth) => warmth.Windows.Select((cost, index) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind},{start},{peer},{work.Name},{peer},{index + 1},,,{cost:0.00},,,,,,\n"));
}
