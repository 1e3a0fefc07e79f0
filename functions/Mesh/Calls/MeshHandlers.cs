using System.Collections.Concurrent;
using Mesh.Health;
using Mesh.Trust;

namespace Mesh.Calls;

/// <summary>Makes the handlers of HTTP clients whose certificate and trust follow the bundle with no restart.</summary>
internal sealed class MeshHandlers(
    ITrust trust, MeshDial dial, MeshReady ready, MeshCallLimits limits, MeshDestinations destinations, TimeProvider time) : IActsOnTrust
{
    private readonly ConcurrentDictionary<MeshHandler, bool> _handlers = new();

    public ITrust Trust => trust;

    public MeshDial Dial => dial;

    public MeshReady Ready => ready;

    public MeshCallLimits Limits => limits;

    public TimeProvider Time => time;

    /// <param name="destination">Whom the handler calls. The service counts as called until the handler is disposed.</param>
    /// <param name="configure">
    /// Settings of connections and requests; called for each generation. How connections are made and secured is not the caller's to set, but
    /// for public TLS whom it trusts (<see cref="System.Net.Security.SslClientAuthenticationOptions.CertificateChainPolicy"/>).
    /// </param>
    public HttpMessageHandler Create(MeshDestination destination, Action<SocketsHttpHandler>? configure = null)
    {
        var handler = new MeshHandler(destination, configure, this);
        destinations.Add(destination);
        _handlers[handler] = true;
        return handler;
    }

    public void Act()
    {
        foreach (var handler in _handlers.Keys)
        {
            handler.Follow();
        }
    }

    public void Forget(MeshHandler handler)
    {
        if (_handlers.TryRemove(handler, out _))
        {
            destinations.Remove(handler.Destination);
        }
    }
}
