using System.Collections.Concurrent;
using Mesh.Telemetry;
using Mesh.Trust;
using Mesh.Verification;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Mesh.Callers;

/// <summary>The open connections whose other side presented a certificate; closed when that is not taken any more.</summary>
// Each request is judged by itself. This is for those that last: a stream goes on long after it was let in.
internal sealed class CallerConnections(ITrust trust, LeafVerifier verifier, MeshMetrics metrics, TimeProvider time) : IActsOnTrust
{
    private readonly ConcurrentDictionary<ConnectionContext, ReadOnlyMemory<byte>> _certificates = new();

    /// <inheritdoc/>
    public void Act()
    {
        // Without a bundle no request is let in, and the next one may find every certificate good.
        if (trust.View is not { } view)
        {
            return;
        }

        var now = time.GetUtcNow();
        foreach (var (connection, certificate) in _certificates)
        {
            if (verifier.Verify(certificate.Span, view, now).Refusal is { } refusal)
            {
                metrics.ConnectionClosed(refusal);
                connection.Abort(new(refusal.Describe().Title));
            }
        }
    }

    /// <summary>Keeps a connection while it lives. Stands inside TLS, where the certificate is known.</summary>
    public ConnectionDelegate Track(ConnectionDelegate next) => async connection =>
    {
        if (connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate?.RawDataMemory is not { } certificate)
        {
            await next(connection);
            return;
        }

        _certificates[connection] = certificate;
        try
        {
            await next(connection);
        }
        finally
        {
            _certificates.TryRemove(connection, out _);
        }
    };
}
