using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Mesh.Health;
using Mesh.Trust;

namespace Mesh.Calls;

/// <summary>Makes the handlers of HTTP clients whose certificate and trust follow the bundle with no restart.</summary>
internal sealed class MeshHandlers(
    ITrust trust, MeshDial dial, MeshReady ready, MeshCallLimits limits, MeshDestinations destinations, TimeProvider time) : IActsOnTrust
{
    private readonly ConcurrentDictionary<MeshHandler, bool> _handlers = new();

    public ITrust Trust => trust;

    public MeshReady Ready => ready;

    public MeshCallLimits Limits => limits;

    public TimeProvider Time => time;

    /// <summary>A handler that calls this service, which counts as called until the handler is disposed.</summary>
    public HttpMessageHandler Create(MeshDestination destination)
    {
        var handler = new MeshHandler(destination, this);
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

    public void Learn(MeshDestination destination, Uri address) => destinations.Learn(destination, address);

    /// <summary>New connections under this certificate.</summary>
    public MeshGeneration Connections(MeshDestination destination, TrustView view, X509Certificate2 leaf)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        destination.Configure?.Invoke(handler);
        handler.PooledConnectionLifetime = limits.ConnectionAge;
        return new(destination, dial, handler, view, leaf);
    }

    public void Forget(MeshHandler handler)
    {
        if (_handlers.TryRemove(handler, out _))
        {
            destinations.Remove(handler.Destination);
        }
    }
}
