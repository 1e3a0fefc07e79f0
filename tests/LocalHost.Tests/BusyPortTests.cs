using System.Net;
using System.Net.Sockets;

namespace LocalHost.Tests;

public sealed class BusyPortTests
{
    [Fact]
    public void RequireFree_WithTakenPorts_NamesEachAndWhatToDo()
    {
        using var door = Listen();
        using var issuer = Listen();

        var failure = Assert.Throws<StartFailure>(() => BusyPort.RequireFree([(Port(door), "front door", "--port"), (0, "Echo", null), (Port(issuer), "token issuer", null)]));

        var lines = failure.Message.Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.Contains($"Port {Port(door)} (front door) is in use", lines[0], StringComparison.Ordinal);
        Assert.Contains("--port N", lines[0], StringComparison.Ordinal);
        Assert.Contains($"Port {Port(issuer)} (token issuer) is in use", lines[1], StringComparison.Ordinal);
        Assert.Contains("--free-ports", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void RequireFree_WithAnyFreePort_Passes() => BusyPort.RequireFree([(0, "front door", "--port")]);

    private static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    private static int Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
