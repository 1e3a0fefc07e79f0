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

        Assert.StartsWith($"Ports {Port(door)} (front door), {Port(issuer)} (token issuer) are in use.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--free-ports", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_OfAPortWithAnOption_NamesIt() =>
        Assert.Equal(
            "Port 7071 (front door) is in use. Probably another local host runs: stop it with Ctrl-C in its terminal, or give this one another port with --port N.",
            BusyPort.Message((7071, "front door", "--port")));

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
