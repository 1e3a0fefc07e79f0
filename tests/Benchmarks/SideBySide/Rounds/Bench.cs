using System.Globalization;
using Benchmarks.SideBySide.Load;
using Benchmarks.SideBySide.Peers;
using Benchmarks.SideBySide.Processes;
using Benchmarks.SideBySide.Surroundings;

namespace Benchmarks.SideBySide.Rounds;

/// <summary>Puts proxies under load and looks at what they use.</summary>
internal sealed class Bench(Site site, StorageRelay relay, SidePlan plan)
{
    // In cores. More would be in the processor's caches and take the client's time.
    public const double MostForeign = 0.1;

    private const int MostRepeats = 2;

    // Of the whole run: on a machine that is never quiet it would not end in time.
    private int _repeatsLeft = plan.Repeats;

    /// <summary>One round; again where others used the machine too.</summary>
    public async Task<Round> MeasureAsync(int start, RunningPeer proxy, Work work, Peer measuredFor, CancellationToken cancellation)
    {
        for (var repeats = 0; ; repeats++)
        {
            var round = await TryMeasureAsync(proxy, work, cancellation) with { Start = start, For = measuredFor, Repeats = repeats };
            if (round.Foreign <= MostForeign || repeats == MostRepeats || _repeatsLeft-- <= 0)
            {
                Console.WriteLine(FormattableString.Invariant($"  {work.Name,-6} {proxy.Peer.Name,-9} {round.Microseconds,6:0.0} µs {round.PerSecond,7:0}/s {round.PssMiB,4:0} MiB  foreign {round.Foreign:0.00}, repeats {repeats}"));
                return round;
            }
        }
    }

    /// <summary>Load until the costs are steady.</summary>
    public async Task<Warmth> WarmAsync(RunningPeer proxy, Work work, double atLeast, double atMost, CancellationToken cancellation)
    {
        var warmth = new Warmth(atLeast);
        await using var wrk = Wrk.Start(work, proxy.Port, site.HeadersFor(work), atMost + 5);
        var before = (Watch: CpuWatch.Start(proxy.Id), Count: await site.Backend.CountAsync(cancellation));
        while (!warmth.IsReached && warmth.Seconds < atMost)
        {
            await Task.Delay(Warmth.Window, TimeProvider.System, cancellation);
            var now = (Watch: CpuWatch.Start(proxy.Id), Count: await site.Backend.CountAsync(cancellation));
            proxy.RequireAlive();
            // Without our own question.
            warmth.Add(before.Watch.Until(now.Watch), now.Count - before.Count - 1);
            before = now;
        }

        await wrk.StopAsync(cancellation);
        Console.WriteLine(FormattableString.Invariant($"  {work.Name,-6} {proxy.Peer.Name,-9} warm after {warmth.Seconds:0} s{(warmth.IsReached || !proxy.Peer.IsManaged ? "" : ", not steady")}: {string.Join(' ', warmth.Windows.Select(static cost => cost.ToString("0", CultureInfo.InvariantCulture)))}"));
        return warmth;
    }

    private async Task<Round> TryMeasureAsync(RunningPeer proxy, Work work, CancellationToken cancellation)
    {
        var operations = relay.Counts;
        var before = CpuWatch.Start(proxy.Id);
        await using var wrk = Wrk.Start(work, proxy.Port, site.HeadersFor(work), plan.RoundSeconds);
        await Task.Delay(TimeSpan.FromSeconds(plan.RoundSeconds / 2.0), TimeProvider.System, cancellation);
        var memory = ProcessTree.MemoryMiB(proxy.Id);
        var result = await wrk.EndAsync(cancellation);
        var use = before.Until(CpuWatch.Start(proxy.Id));
        proxy.RequireAlive();
        return new()
        {
            Start = 0,
            Peer = proxy.Peer,
            Work = work,
            For = proxy.Peer,
            Requests = result.Requests,
            Seconds = result.Seconds,
            CpuSeconds = use.Proxy,
            Foreign = use.Foreign,
            Repeats = 0,
            RssMiB = memory.Rss,
            PssMiB = memory.Pss,
            StorageOperations = relay.Counts.ToDictionary(static table => table.Key, table => table.Value - operations.GetValueOrDefault(table.Key)),
        };
    }
}
