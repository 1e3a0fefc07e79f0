using System.Net;
using System.Net.Sockets;

namespace LocalHost;

/// <summary>A port that somebody else listens on.</summary>
internal static class BusyPort
{
    /// <summary>What to tell the user. <paramref name="option"/>: the option that chooses another port, if there is one.</summary>
    public static string Message(int port, string purpose, string? option) =>
        $"Port {port} ({purpose}) is in use. Probably another local host runs: stop it with Ctrl-C in its terminal, or {Remedy(option)}.";

    /// <summary>Fails when one of the ports is taken, naming all that are: better now than half-way through the start.</summary>
    public static void RequireFree(IEnumerable<(int Port, string Purpose, string? Option)> ports)
    {
        var busy = ports.Where(port => port.Port != 0 && !IsFree(port.Port)).Select(port => Message(port.Port, port.Purpose, port.Option)).ToList();
        if (busy.Count > 0)
        {
            throw new StartFailure(string.Join(Environment.NewLine, busy));
        }
    }

    private static string Remedy(string? option) => option is null
        ? "start this one with --free-ports"
        : $"give this one another port with {option} N (--free-ports: for everything)";

    private static bool IsFree(int port)
    {
        // As Kestrel and Azurite will: by listening. A connection attempt would miss a port that is bound and not accepting.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
