using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.SideBySide.Surroundings;

/// <summary>Stands between our front door and the tables, passes everything on and counts requests. Clients do not pipeline: a request begins with the first bytes after an answer.</summary>
internal sealed class StorageRelay : IAsyncDisposable
{
    private const int BufferLength = 64 * 1024;

    private readonly int _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, long> _counts = [];
    private readonly Task _accepting;

    public StorageRelay(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Requests so far, by table.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts.ToDictionary();

    /// <summary>The table that a request line is about; of transactions, which are one request, it is not said there.</summary>
    public static string TableOf(string line)
    {
        var path = line.Split(' ') is [_, var target, ..] ? target : "";
        var name = path.Split('/') is [_, _, var last, ..] ? last : path;
        return name.Split('(', '?')[0];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptSocketAsync(_stop.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var near = client;
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        near.NoDelay = far.NoDelay = true;
        var isAnswered = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            await Task.WhenAny(PumpAsync(near, far, Request), PumpAsync(far, near, _ => Volatile.Write(ref isAnswered, true)));
        }
        catch (Exception lost) when (lost is OperationCanceledException or SocketException)
        {
        }

        void Request(ReadOnlyMemory<byte> bytes)
        {
            if (Volatile.Read(ref isAnswered))
            {
                Volatile.Write(ref isAnswered, false);
                var text = Encoding.ASCII.GetString(bytes.Span);
                _counts.AddOrUpdate(TableOf(text[..Math.Max(0, text.IndexOf('\r', StringComparison.Ordinal))]), 1, static (_, count) => count + 1);
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Action<ReadOnlyMemory<byte>> seen)
    {
        var buffer = new byte[BufferLength];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var length)
            {
                seen(buffer.AsMemory(0, length));
                await to.SendAsync(buffer.AsMemory(0, length), _stop.Token);
            }
        }
        catch (Exception lost) when (lost is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }
}
