using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Calls;

/// <summary>One connection to be made.</summary>
internal sealed record MeshDialing
{
    public required DnsEndPoint EndPoint { get; init; }

    /// <summary>The name that the server is told (RFC 6066 §3), and for public TLS the one that it must prove.</summary>
    public required string ServerName { get; init; }

    /// <summary>The service that must answer.</summary>
    public required string Service { get; init; }

    public required ServerProof Proof { get; init; }

    /// <summary>What we present.</summary>
    public required SslStreamCertificateContext Leaf { get; init; }

    public required List<SslApplicationProtocol> Protocols { get; init; }

    /// <summary>Whom public TLS trusts. Null: whom the machine trusts.</summary>
    public X509ChainPolicy? PublicTrust { get; init; }
}
