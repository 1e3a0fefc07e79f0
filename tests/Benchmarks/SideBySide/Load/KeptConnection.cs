using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.SideBySide.Load;

/// <summary>A connection that carries one request after the other.</summary>
internal sealed class KeptConnection : IDisposable
{
    private const int LargestAnswer = 16 * 1024;

    private const string LengthField = "\r\ncontent-length: ";

    private static readonly byte[] _good = "HTTP/1.1 200"u8.ToArray();
    private static readonly byte[] _end = "\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 10_000 };
    private readonly byte[] _buffer = new byte[LargestAnswer];

    public KeptConnection(int port) => _socket.Connect(IPAddress.Loopback, port);

    /// <summary>The texts of requests, one for each header field; one without any where there are none.</summary>
    public static byte[][] Requests(string path, IEnumerable<string> fields) =>
        [.. fields.DefaultIfEmpty("Accept: */*").Select(field => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{field}\r\n\r\n"))];

    /// <summary>Sends a request and waits for the end of its answer.</summary>
    /// <exception cref="BenchFailure">It is no answer with 200 and a length.</exception>
    public void Exchange(byte[] request)
    {
        _socket.Send(request);
        var received = 0;
        int whole;
        do
        {
            var length = _socket.Receive(_buffer, received, _buffer.Length - received, SocketFlags.None);
            received += length > 0 ? length : throw new BenchFailure("The connection was closed.");
            whole = LengthOf(_buffer.AsSpan(0, received));
        }
        while (received < whole);
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>How long the answer that begins so is; more than is there where its head is not complete.</summary>
    internal static int LengthOf(ReadOnlySpan<byte> answer)
    {
        if (answer.IndexOf(_end) is not (>= 0 and var head))
        {
            return int.MaxValue;
        }

        var text = Encoding.ASCII.GetString(answer[..head]).ToLowerInvariant();
        var at = text.IndexOf(LengthField, StringComparison.Ordinal);
        return answer.StartsWith(_good) && at >= 0
            ? head + _end.Length + int.Parse(text[(at + LengthField.Length)..].Split('\r')[0], CultureInfo.InvariantCulture)
            : throw new BenchFailure($"Not a 200 with a length: {text.Split('\r')[0]}");
    }
}
