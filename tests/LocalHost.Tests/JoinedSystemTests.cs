using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalHost.Tests;

/// <summary>A local host that holds its folder may still be starting, or be about to end.</summary>
public sealed class JoinedSystemTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("joined-").FullName;

    [Fact]
    public async Task Start_WithoutDevEnv_SaysThatTheOtherIsNotReady()
    {
        using var other = LocalFolder.Open(Path.Combine(_root, "local"), fresh: false);

        await AssertNotReadyAsync();
    }

    [Fact]
    public async Task Start_WithDevEnvOfARunBefore_SaysThatTheOtherIsNotReady()
    {
        using var other = LocalFolder.Open(Path.Combine(_root, "local"), fresh: false);
        other.WritePrivate(DevEnvironment.File, $"GATEWAY_URL=http://127.0.0.1:{PortWhereNothingListens()}\nAZURITE_PORTS=1,2,3\n");

        await AssertNotReadyAsync();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task AssertNotReadyAsync()
    {
        using var folder = LocalFolder.Join(Path.Combine(_root, "local"));
        await using var joined = new JoinedSystem(new() { Join = true }, new(folder, NullLoggerFactory.Instance, TimeProvider.System));

        var failure = await Assert.ThrowsAsync<StartFailure>(() => joined.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("is not ready. Wait until its terminal says Ready", failure.Message, StringComparison.Ordinal);
    }

    private static int PortWhereNothingListens()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
