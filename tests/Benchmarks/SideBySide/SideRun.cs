using Benchmarks.SideBySide.Load;
using Benchmarks.SideBySide.Peers;
using Benchmarks.SideBySide.Rounds;
using Benchmarks.SideBySide.Surroundings;

namespace Benchmarks.SideBySide;

/// <summary>
/// The order of a run.
/// 1. The time from a process's start to its first answer.
/// 2. For every start and every peer: a new process is looked at while it is young.
/// 3. It does one work after the other; each is warmed, then measured between two rounds of HAProxy.
/// 4. After the rounds of the last work, latencies at a fixed rate.
/// </summary>
internal sealed class SideRun(Site site, Bench bench, SideOptions options)
{
    private const int YoungSeconds = 20;

    // What is not compiled while it runs has only its connections to open.
    private const int NativeSeconds = 2;

    private const int WarmAtLeastSeconds = 4;

    private readonly Results _results = new();

    private SidePlan Plan => options.Plan;

    public async Task<Results> MeasureAsync(CancellationToken cancellation)
    {
        var others = options.Peers.Where(static peer => peer != Peer.Haproxy).ToList();
        await FirstAnswersAsync(cancellation);
        for (var start = 1; start <= Plan.Starts; start++)
        {
            Console.WriteLine($"· start {start} of {Plan.Starts}");
            await using var haproxy = RunningPeer.Start(Peer.Haproxy, site);
            foreach (var peer in start % 2 == 1 ? others : others.AsEnumerable().Reverse())
            {
                await MeasureAsync(start, peer, haproxy, cancellation);
            }
        }

        return _results;
    }

    private async Task FirstAnswersAsync(CancellationToken cancellation)
    {
        Console.WriteLine("· process start to first answer");
        await TryOutAsync(cancellation);
        for (var time = 0; time < Plan.FirstAnswers && options.Works.Contains(Work.Key); time++)
        {
            foreach (var peer in options.Peers.Where(static peer => peer.Works.Contains(Work.Key)))
            {
                await using var proxy = RunningPeer.Start(peer, site);
                _results.Add(peer, await proxy.ServesAsync(Work.Key, cancellation));
            }
        }
    }

    // Who asks for the first time is slow himself.
    private async Task TryOutAsync(CancellationToken cancellation)
    {
        await using var proxy = RunningPeer.Start(Peer.Haproxy, site);
        await proxy.ServesAsync(Work.Key, cancellation);
    }

    private async Task MeasureAsync(int start, Peer peer, RunningPeer haproxy, CancellationToken cancellation)
    {
        await using var proxy = RunningPeer.Start(peer, site);
        var works = options.Works.Where(peer.Works.Contains).ToList();
        if (peer.IsManaged && works.Count > 0)
        {
            await BeYoungAsync(start, proxy, works.Contains(Work.Key) ? Work.Key : works[0], cancellation);
        }

        foreach (var work in works)
        {
            await proxy.ServesAsync(work, cancellation);
            await haproxy.ServesAsync(work, cancellation);
            await WarmAsync(start, proxy, work, cancellation);
            await bench.WarmAsync(haproxy, work, atLeast: 1, atMost: 1, cancellation);
            _results.Add(await bench.MeasureAsync(start, haproxy, work, peer, cancellation));
            _results.Add(await bench.MeasureAsync(start, proxy, work, peer, cancellation));
            _results.Add(await bench.MeasureAsync(start, haproxy, work, peer, cancellation));
            if (work == Work.Key && peer.IsManaged)
            {
                await LatenciesAsync(proxy, haproxy, cancellation);
            }
        }
    }

    private async Task BeYoungAsync(int start, RunningPeer proxy, Work work, CancellationToken cancellation)
    {
        await proxy.ServesAsync(work, cancellation);
        _results.AddYoung(start, proxy.Peer, work, await bench.WarmAsync(proxy, work, YoungSeconds, YoungSeconds, cancellation));
    }

    private async Task WarmAsync(int start, RunningPeer proxy, Work work, CancellationToken cancellation)
    {
        var (atLeast, atMost) = proxy.Peer.IsManaged ? (WarmAtLeastSeconds, Plan.WarmSeconds) : (NativeSeconds, NativeSeconds);
        _results.Add(start, proxy.Peer, work, await bench.WarmAsync(proxy, work, atLeast, atMost, cancellation));
    }

    private async Task LatenciesAsync(RunningPeer proxy, RunningPeer haproxy, CancellationToken cancellation)
    {
        foreach (var (name, port) in new[] { (Results.Direct, site.Backend.Port), (Peer.Haproxy.Name, haproxy.Port), (proxy.Peer.Name, proxy.Port) })
        {
            var latency = await OpenLoop.MeasureAsync(port, Work.Key.Path, site.HeadersFor(Work.Key), Plan.LatencySeconds, cancellation);
            Console.WriteLine(FormattableString.Invariant($"  {OpenLoop.PerSecond}/s  {name,-9} p50 {latency.P50:0.000} ms, p99 {latency.P99:0.000}, p99.9 {latency.P999:0.000}"));
            _results.Add(name, latency);
        }
    }
}
