using System.Net;
using System.Net.Sockets;

namespace Benchmarks.SideBySide.Processes;

/// <summary>Ports of loopback that nobody listens on.</summary>
internal static class Ports
{
    public static int Free()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
