using System.Net;
using System.Net.Sockets;

namespace LocalHost;

/// <summary>A port that somebody else listens on.</summary>
internal static class BusyPort
{
    /// <summary>What to tell the user. An option chooses another port for that purpose, if there is one.</summary>
    public static string Message(params IReadOnlyList<(int Port, string Purpose, string? Option)> busy)
    {
        var ports = string.Join(", ", busy.Select(port => $"{port.Port} ({port.Purpose})"));
        var subject = busy.Count == 1 ? $"Port {ports} is" : $"Ports {ports} are";
        var remedy = busy.All(port => port.Option is not null)
            ? $"give this one another port with {string.Join(" and ", busy.Select(port => $"{port.Option} N"))}"
            : "start this one beside it with --free-ports --local DIR";
        return $"{subject} in use. Probably another local host runs: stop it with Ctrl-C in its terminal, or {remedy}.";
    }

    /// <summary>Fails when one of the ports is taken, naming all that are: better now than half-way through the start.</summary>
    public static void RequireFree(IEnumerable<(int Port, string Purpose, string? Option)> ports)
    {
        var busy = ports.Where(port => port.Port != 0 && !IsFree(port.Port)).ToList();
        if (busy.Count > 0)
        {
            throw new StartFailure(Message(busy));
        }
    }

    /// <summary>True: nothing on this machine listens there.</summary>
    public static bool IsFree(int port)
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
