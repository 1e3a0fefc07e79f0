using System.Net.Sockets;

namespace Gateway.Upstreams.Wire;

/// <summary>Makes connections of our own to a service.</summary>
internal interface IWireDial
{
    /// <summary>Connects, and secures the connection where the service is called so. The socket below tells whether the other side has closed it; null: unknown.</summary>
    ValueTask<(Stream Stream, Socket? Socket)> ConnectAsync(Uri address, CancellationToken cancellation);
}
