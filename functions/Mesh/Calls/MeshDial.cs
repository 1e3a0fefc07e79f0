using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Mesh.Telemetry;
using Mesh.Verification;

namespace Mesh.Calls;

/// <summary>Makes connections on which both sides have proven who they are.</summary>
internal sealed class MeshDial(ServerIdentity identity, MeshMetrics metrics)
{
    private const string Side = "client";

    /// <exception cref="MeshIdentityException">The server is not who it should be.</exception>
    public async Task<MeshConnection> ConnectAsync(MeshDialing dialing, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(dialing.EndPoint, cancellation);
            var connection = new MeshConnection(socket);
            await SecureAsync(connection, dialing, cancellation);
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>True: the server's certificate was revoked since it was judged.</summary>
    public bool IsRefused(MeshConnection connection) => connection.Serial is { } serial && identity.IsRefused(serial);

    private async Task SecureAsync(MeshConnection connection, MeshDialing dialing, CancellationToken cancellation)
    {
        Verdict? verdict = null;
        var options = OptionsFor(dialing);
        if (dialing.Proof == ServerProof.Identity)
        {
            options.RemoteCertificateValidationCallback = (_, presented, _, _) => (verdict = identity.Judge(dialing.Service, presented)).Refusal is null;
        }

        try
        {
            connection.Secured = new(connection);
            await connection.Secured.AuthenticateAsClientAsync(options, cancellation);
            connection.Serial = verdict?.Proof?.Serial;
        }
        catch (AuthenticationException) when (verdict?.Refusal is { } refusal)
        {
            metrics.HandshakeFailed(Side, refusal);
            throw new MeshIdentityException(dialing.Service, refusal, verdict.Detail);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            metrics.HandshakeFailed(Side, failure is AuthenticationException ? "tls" : "broken");
            throw;
        }
    }

    // No resumption: a resumed session goes on with the certificates of the handshake that began it.
    private static SslClientAuthenticationOptions OptionsFor(MeshDialing dialing) => new()
    {
        TargetHost = dialing.ServerName,
        ApplicationProtocols = dialing.Protocols,
        ClientCertificateContext = dialing.Leaf,
        // The platform builds a chain even where it is not asked: without network and without the machine's stores then.
        CertificateChainPolicy = dialing.Proof == ServerProof.PublicTls
            ? dialing.PublicTrust
            : new() { TrustMode = X509ChainTrustMode.CustomRootTrust, DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
        AllowTlsResume = false,
    };
}
