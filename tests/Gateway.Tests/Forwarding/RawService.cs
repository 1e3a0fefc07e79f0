using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Forwarding;

/// <summary>A service that speaks bytes: one conversation for each connection, counted from zero.</summary>
internal sealed class RawService : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<RawPeer, int, Task> _converse;
    private readonly Task _accepting;
    private int _connections;

    public RawService(Func<RawPeer, int, Task> converse)
    {
        _converse = converse;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                talks.Add(TalkAsync(client, Interlocked.Increment(ref _connections) - 1));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client, int number)
    {
        using var _ = client;
        try
        {
            await _converse(new RawPeer(client, _stop.Token), number);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or EndOfStreamException)
        {
            // The other side went first.
        }
    }
}

/// <summary>One end of a connection, in bytes.</summary>
internal sealed class RawPeer(TcpClient client, CancellationToken stop)
{
    private readonly NetworkStream _stream = client.GetStream();

    public CancellationToken Stop => stop;

    public static async Task<RawPeer> ConnectAsync(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return new RawPeer(client, TestContext.Current.CancellationToken);
    }

    public Task SendAsync(string text) => _stream.WriteAsync(Encoding.Latin1.GetBytes(text), stop).AsTask();

    /// <summary>Everything up to and with this text.</summary>
    public async Task<string> ReadToAsync(string end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            await _stream.ReadExactlyAsync(one, stop);
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    public Task<string> ReadHeadAsync() => ReadToAsync("\r\n\r\n");

    public async Task<string> ReadAsync(int bytes)
    {
        var buffer = new byte[bytes];
        await _stream.ReadExactlyAsync(buffer, stop);
        return Encoding.Latin1.GetString(buffer);
    }

    /// <summary>What comes until the other side closes; null where it resets the connection.</summary>
    public async Task<string?> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all, stop);
            return Encoding.Latin1.GetString(all.ToArray());
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Reset()
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    public void Close() => client.Close();
}
