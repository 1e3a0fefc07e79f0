using System.Collections.Concurrent;
using Mesh.Trust;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Mesh.Callers;

/// <summary>The open connections whose other side presented a certificate.</summary>
internal sealed class CallerConnections
{
    private readonly ConcurrentDictionary<ConnectionContext, string> _serials = new();

    /// <summary>Closes what certificates authenticated that the bundle refuses. Called as soon as a new bundle is acted on; a request that is in between is refused by itself.</summary>
    /// <returns>How many were closed.</returns>
    public int CloseRefused(TrustView view)
    {
        var refused = _serials.Where(connection => view.Bundle.Refuses(connection.Value)).Select(connection => connection.Key).ToList();
        refused.ForEach(static connection => connection.Abort(new("The caller's certificate was revoked.")));
        return refused.Count;
    }

    /// <summary>Keeps a connection while it lives. Stands inside TLS, where the certificate is known.</summary>
    public ConnectionDelegate Track(ConnectionDelegate next) => async connection =>
    {
        if (connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate?.SerialNumber is not { } serial)
        {
            await next(connection);
            return;
        }

        _serials[connection] = serial;
        try
        {
            await next(connection);
        }
        finally
        {
            _serials.TryRemove(connection, out _);
        }
    };
}
