using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Mesh.Telemetry;
using Mesh.Trust;

namespace Mesh.Callers;

/// <summary>Says for each handshake which certificate this workload presents, and asks the caller for one.</summary>
internal sealed class Handshakes(ITrust trust, MeshMetrics metrics)
{
    /// <summary>A caller that wants to see the certificate that is tried out asks for a host of this name and the service's.</summary>
    public const string CandidatePrefix = "candidate--";

    // With its chain, which is costly to build; goes when the certificate goes.
    private readonly ConditionalWeakTable<X509Certificate2, SslStreamCertificateContext> _contexts = [];

    /// <param name="host">Empty: the caller named none.</param>
    /// <exception cref="AuthenticationException">There is no certificate to present.</exception>
    public SslServerAuthenticationOptions OptionsFor(string? host)
    {
        // A canary that comes before the candidate sees by the serial number that it has to come again.
        var isCanary = host?.StartsWith(CandidatePrefix, StringComparison.OrdinalIgnoreCase) == true;
        if (((isCanary ? trust.Candidate : null) ?? trust.Leaf) is not { } certificate)
        {
            metrics.HandshakeFailed("server", "no-leaf");
            throw new AuthenticationException("There is no certificate to present.");
        }

        return new()
        {
            // The root is not sent: who does not have it must not take it from us.
            ServerCertificateContext = _contexts.GetValue(certificate, static leaf => SslStreamCertificateContext.Create(leaf, [], offline: true)),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = TakeAny,
            // The chain that the platform builds all the same: without network and without the machine's stores.
            CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
            // A resumed session would show the certificates of the handshake that began it, on both sides.
            AllowTlsResume = false,
        };
    }

    // The handshake proves that the caller holds the key. Whose it is, is judged at each request, where a refusal can be explained and a later one noticed.
    private static bool TakeAny(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
}
