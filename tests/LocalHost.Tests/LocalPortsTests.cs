using System.Net;
using System.Net.Sockets;
using LocalHost.Members;

namespace LocalHost.Tests;

public sealed class LocalPortsTests
{
    [Theory]
    [InlineData(false, null, 7071)]
    [InlineData(false, 8000, 8000)]
    [InlineData(true, null, 0)]
    [InlineData(true, 8000, 8000)]
    public void Of_JoinedOrNot_GivesTheFrontDoorItsPort(bool join, int? port, int expected) =>
        Assert.Equal(expected, LocalPorts.Of(new() { Join = join, Port = port }).FrontDoor);

    [Fact]
    public void RequireFree_OfABackendsVault_NamesIt()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        // Before it stand the vaults of the control plane, of shared secrets and of the gateway.
        var ports = new LocalPorts { FrontDoor = 0, Vaults = port - 3 };

        var failure = Assert.Throws<StartFailure>(() => ports.RequireFree(new LocalWorkloads(["gateway"], ["billing"])));

        Assert.StartsWith($"Port {port} (vault billing) is in use.", failure.Message, StringComparison.Ordinal);
    }
}
