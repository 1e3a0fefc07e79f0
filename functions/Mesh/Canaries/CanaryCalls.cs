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

/// <summary>
/// Tries a certificate in a real call, on a connection of its own. Where that fails, the same is tried with the certificate in use: who takes neither is
/// sick, or not whom it is taken for, and must not keep others from renewing theirs.
/// </summary>
internal sealed class CanaryCalls(MeshHandlers handlers, MeshDial dial, TimeProvider time)
{
    // A canary that hangs must not keep the instance from its next look at the bundle.
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    /// <summary>Presents our candidate.</summary>
    /// <param name="inUse">Null: there is none, so a failure takes nothing away that works.</param>
    public async Task<CanaryAttempt> PresentAsync(
        MeshDestination destination, Uri address, TrustView view, X509Certificate2 candidate, X509Certificate2? inUse, CancellationToken cancellation)
    {
        var attempt = await WithAsync(candidate);
        return attempt.Outcome != CanaryOutcome.Bad || (inUse is not null && await WithAsync(inUse) == CanaryAttempt.Good) ? attempt : attempt.Excused;

        Task<CanaryAttempt> WithAsync(X509Certificate2 leaf) => TryAsync(token => AskAsync(destination, address, view, leaf, token), cancellation);
    }

    /// <summary>Asks a server for its candidate, which has to prove the service's identity.</summary>
    public async Task<CanaryAttempt> MeetAsync(MeshDestination destination, Uri address, X509Certificate2 ours, LeafVersion candidate, CancellationToken cancellation)
    {
        var attempt = await UnderAsync(CandidateOf(address), candidate.Serial);
        return attempt.Outcome != CanaryOutcome.Bad || await UnderAsync(address.IdnHost, serial: null) == CanaryAttempt.Good ? attempt : attempt.Excused;

        Task<CanaryAttempt> UnderAsync(string name, string? serial) => TryAsync(token => LookAsync(Wanted(destination, address, ours, name), serial, token), cancellation);
    }

    // An address in numbers may have colons, which no name has.
    private static string CandidateOf(Uri address) => Handshakes.CandidatePrefix + address.IdnHost.Replace(':', '-');

    private static MeshDialing Wanted(MeshDestination destination, Uri address, X509Certificate2 ours, string name) => new()
    {
        EndPoint = new(address.IdnHost, address.Port),
        ServerName = name,
        Service = destination.Service,
        Proof = ServerProof.Identity,
        Leaf = SslStreamCertificateContext.Create(ours, [], offline: true),
        Protocols = [SslApplicationProtocol.Http11],
    };

    // In TLS 1.3 the handshake ends before the server has judged our certificate, so an answer is asked for.
    private async Task<CanaryAttempt> AskAsync(MeshDestination destination, Uri address, TrustView view, X509Certificate2 leaf, CancellationToken cancellation)
    {
        using var connections = handlers.Connections(destination, view, leaf);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, MeshEndpoint.Path));
        using var answer = await connections.SendAsync(request, cancellation);
        return answer.StatusCode == HttpStatusCode.NoContent ? CanaryAttempt.Good : CanaryAttempt.Bad($"It answered {(int)answer.StatusCode}.");
    }

    /// <param name="serial">Of the certificate that is wanted. Null: any of the service.</param>
    private async Task<CanaryAttempt> LookAsync(MeshDialing dialing, string? serial, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await dial.ConnectAsync(dialing, cancellation);
            return serial is null || connection.Serial == serial ? CanaryAttempt.Good : CanaryAttempt.NotYet;
        }
        catch (Exception broken) when (broken is IOException or AuthenticationException and not MeshIdentityException)
        {
            // A server that has no certificate yet breaks the handshake off.
            return CanaryAttempt.NotYet;
        }
    }

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
