using System.Diagnostics;
using System.Net;
using Benchmarks.SideBySide.Processes;
using Benchmarks.SideBySide.Surroundings;

namespace Benchmarks.SideBySide.Peers;

/// <summary>A proxy that runs on the proxies' core.</summary>
internal sealed class RunningPeer : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly Site _site;
    private readonly Child _child;
    private readonly long _startedAt;
    private readonly HttpClient _client;

    private RunningPeer(Peer peer, Site site, int port, long startedAt, Child child)
    {
        (Peer, Port, _site, _startedAt, _child) = (peer, port, site, startedAt, child);
        _client = new() { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(5) };
    }

    public Peer Peer { get; }

    public int Port { get; }

    public int Id => _child.Id;

    public static RunningPeer Start(Peer peer, Site site)
    {
        var port = Ports.Free();
        var command = peer.Prepare(site, port);
        var startedAt = Stopwatch.GetTimestamp();
        return new(peer, site, port, startedAt, Child.Start(peer.Name, command, Core.Proxy));
    }

    /// <summary>Asks until this work is done; the time since the process was started.</summary>
    public async Task<TimeSpan> ServesAsync(Work work, CancellationToken cancellation)
    {
        var header = _site.HeadersFor(work) is { } headers ? File.ReadLines(headers.Path).First().Split(": ", 2) : null;
        await Waiting.UntilAsync(() => TryAsync(work.Path, header, cancellation), $"{Peer.Name} does work {work.Name}", _child, Step, cancellation);
        return Stopwatch.GetElapsedTime(_startedAt);
    }

    public void RequireAlive() => _child.RequireAlive();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _child.DisposeAsync();
    }

    private async Task<bool> TryAsync(string path, string[]? header, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header[0], header[1]);
        }

        try
        {
            using var response = await _client.SendAsync(request, cancellation);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
