using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Mesh.Callers;
using Mesh.Calls;
using Mesh.Trust;
using Records.Trust;

namespace Mesh.Canaries;

/// <summary>Tries a certificate in a real call, on a connection of its own.</summary>
internal sealed class CanaryCalls(MeshHandlers handlers, MeshDial dial, TimeProvider time)
{
    // A canary that hangs must not keep the instance from its next look at the bundle.
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    /// <summary>Presents our candidate. In TLS 1.3 the handshake ends before the server has judged it, so an answer is asked for.</summary>
    public Task<CanaryAttempt> PresentAsync(MeshDestination destination, Uri address, TrustView view, X509Certificate2 candidate, CancellationToken cancellation) =>
        TryAsync(
            async token =>
            {
                using var connections = handlers.Connections(destination, view, candidate);
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, MeshEndpoint.Path));
                using var answer = await connections.SendAsync(request, token);
                return answer.StatusCode == HttpStatusCode.NoContent ? CanaryAttempt.Good : CanaryAttempt.Bad($"It answered {(int)answer.StatusCode}.");
            },
            cancellation);

    /// <summary>Asks a server for its candidate, which has to prove the service's identity.</summary>
    public Task<CanaryAttempt> MeetAsync(MeshDestination destination, Uri address, X509Certificate2 ours, LeafVersion candidate, CancellationToken cancellation) =>
        TryAsync(
            async token =>
            {
                try
                {
                    await using var connection = await dial.ConnectAsync(Wanted(destination, address, ours), token);
                    return connection.Serial == candidate.Serial ? CanaryAttempt.Good : CanaryAttempt.NotYet;
                }
                catch (Exception broken) when (broken is IOException or AuthenticationException and not MeshIdentityException)
                {
                    // A server that has no certificate yet breaks the handshake off.
                    return CanaryAttempt.NotYet;
                }
            },
            cancellation);

    // An address in numbers may have colons, which no name has.
    private static MeshDialing Wanted(MeshDestination destination, Uri address, X509Certificate2 ours) => new()
    {
        EndPoint = new(address.IdnHost, address.Port),
        ServerName = Handshakes.CandidatePrefix + address.IdnHost.Replace(':', '-'),
        Service = destination.Service,
        Proof = ServerProof.Identity,
        Leaf = SslStreamCertificateContext.Create(ours, [], offline: true),
        Protocols = [SslApplicationProtocol.Http11],
    };

    private async Task<CanaryAttempt> TryAsync(Func<CancellationToken, Task<CanaryAttempt>> attempt, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(_timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await attempt(either.Token);
        }
        catch (Exception failure) when (failure is SocketException or HttpRequestException { InnerException: SocketException })
        {
            return CanaryAttempt.Away;
        }
        catch (Exception failure) when (failure is HttpRequestException or AuthenticationException or IOException)
        {
            return CanaryAttempt.Bad((failure as HttpRequestException)?.InnerException?.Message ?? failure.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return CanaryAttempt.Away;
        }
    }
}
