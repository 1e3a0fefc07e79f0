using System.Net;
using System.Net.Sockets;

namespace Gateway.Upstreams.Wire;

/// <summary>Connections without TLS.</summary>
internal sealed class PlainDial : IWireDial
{
    public async ValueTask<(Stream Stream, Socket? Socket)> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new DnsEndPoint(address.IdnHost.Trim('[', ']'), address.Port), cancellation);
            return (new NetworkStream(socket, ownsSocket: true), socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
