using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Mesh.Trust;
using Mesh.Verification;

namespace Mesh.Calls;

/// <summary>
/// The connections to one service that were made under one certificate of ours and one set of roots.
/// When it is retired it ends with its last request: connections that are used then are closed after their answer.
/// </summary>
internal sealed class MeshGeneration : IDisposable
{
    private readonly MeshDestination _destination;
    private readonly MeshDial _dial;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpMessageInvoker _invoker;
    private readonly X509Certificate2 _leaf;
    private readonly SslStreamCertificateContext _presented;
    private readonly HashSet<string> _roots;
    private readonly ConcurrentDictionary<MeshConnection, bool> _connections = new();
    private TrustView _fitting;
    private int _users = 1;

    /// <param name="destination">Whom it calls.</param>
    /// <param name="dial">Makes the connections.</param>
    /// <param name="handler">Carries the caller's settings; belongs to this generation.</param>
    public MeshGeneration(MeshDestination destination, MeshDial dial, SocketsHttpHandler handler, TrustView view, X509Certificate2 leaf)
    {
        (_destination, _dial, _handler, _leaf, _fitting) = (destination, dial, handler, leaf, view);
        _roots = [.. view.Bundle.Roots.Select(root => root.Id)];
        _presented = SslStreamCertificateContext.Create(leaf, [], offline: true);
        _handler.ConnectCallback = ConnectAsync;
        // A proxy would be what the connection leads to. What connects in another way than by the callback (QUIC does) verifies nobody.
        _handler.UseProxy = false;
        _handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => false;
        _invoker = new(_handler);
    }

    /// <summary>True: retired, and its last connection is closed.</summary>
    public bool IsOver => Volatile.Read(ref _users) == 0 && _connections.IsEmpty;

    /// <summary>True: new connections would be made with the same certificate, which nobody refuses, and the same roots.</summary>
    public bool Fits(TrustView view, X509Certificate2 leaf)
    {
        if (!ReferenceEquals(leaf, _leaf) || !(ReferenceEquals(view, _fitting) || HasTheSame(view)))
        {
            return false;
        }

        _fitting = view;
        return true;
    }

    /// <summary>Before a request, and only while it is not retired.</summary>
    public void Enter() => Interlocked.Increment(ref _users);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) => _invoker.SendAsync(request, cancellation);

    /// <summary>After the answer's head came, and once to retire it.</summary>
    // The handler closes connections that are idle now, and the others when the bodies that they carry are read.
    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _invoker.Dispose();
        }
    }

    /// <summary>Ends every connection to a server whose certificate was revoked. True: there was one.</summary>
    public bool CutRefused()
    {
        var refused = _connections.Keys.Where(_dial.IsRefused).ToList();
        refused.ForEach(connection => connection.Cut());
        return refused.Count > 0;
    }

    /// <summary>Ends it with everything that is under way.</summary>
    public void Dispose()
    {
        _invoker.Dispose();
        foreach (var connection in _connections.Keys)
        {
            connection.Cut();
        }
    }

    private bool HasTheSame(TrustView view) => _roots.SetEquals(view.Bundle.Roots.Select(root => root.Id)) && !view.Bundle.Refuses(_leaf.SerialNumber);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var connection = await _dial.ConnectAsync(
            new()
            {
                EndPoint = context.DnsEndPoint,
                ServerName = context.DnsEndPoint.Host,
                Service = _destination.Service,
                Proof = _destination.Proof,
                Leaf = _presented,
                Protocols = ProtocolsOf(context.InitialRequestMessage),
                PublicTrust = _handler.SslOptions.CertificateChainPolicy,
            },
            cancellation);
        Track(connection);
        return connection.Secured!;
    }

    // Tracked first, looked at afterwards: whoever revokes either finds the connection here, or is seen here.
    private void Track(MeshConnection connection)
    {
        _connections[connection] = true;
        _ = connection.Closed.ContinueWith(
            (_, closed) => _connections.TryRemove((MeshConnection)closed!, out bool _), connection, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (_dial.IsRefused(connection))
        {
            connection.Cut();
            throw new MeshIdentityException(_destination.Service, MeshRefusal.Refused, detail: null);
        }
    }

    // What the handler would offer: HTTP/2 where the request may be sent so, and nothing else where it must be.
    private static List<SslApplicationProtocol> ProtocolsOf(HttpRequestMessage request) =>
        request.Version.Major < HttpVersion.Version20.Major ? [SslApplicationProtocol.Http11]
        : request.VersionPolicy == HttpVersionPolicy.RequestVersionOrLower ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]
        : [SslApplicationProtocol.Http2];
}
