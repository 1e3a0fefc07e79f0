using System.Net.Sockets;
using System.Text;

namespace EndToEnd.Harness;

/// <summary>A connection that sends exactly the bytes it is told to: for what no HTTP client would send.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private RawConnection(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
    }

    public static async Task<RawConnection> OpenAsync(string address)
    {
        var url = new Uri(address);
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(url.Host, url.Port, TestContext.Current.CancellationToken);
        return new(client);
    }

    /// <summary>Sends text as Latin-1, one byte for each character. False: the other side has closed already.</summary>
    public async Task<bool> SendAsync(string text)
    {
        try
        {
            await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>All that comes until the other side closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        var block = new byte[16 * 1024];
        try
        {
            for (int read; (read = await _stream.ReadAsync(block, TestContext.Current.CancellationToken)) > 0;)
            {
                text.Append(Encoding.Latin1.GetString(block, 0, read));
            }
        }
        catch (IOException)
        {
            // A reset is a close, too.
        }

        return text.ToString();
    }

    /// <summary>Reads until the text so far holds this.</summary>
    public async Task<string> ReadUntilAsync(string end)
    {
        var text = new StringBuilder();
        var block = new byte[1];
        while (await _stream.ReadAsync(block, TestContext.Current.CancellationToken) == 1)
        {
            text.Append((char)block[0]);
            if (text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end)
            {
                break;
            }
        }

        return text.ToString();
    }

    public void Dispose() => _client.Dispose();
}
