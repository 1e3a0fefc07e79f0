namespace Mesh.Calls;

/// <summary>A service that is called over the mesh.</summary>
public sealed record MeshDestination
{
    /// <summary>The service that must answer: the path of its SPIFFE id.</summary>
    public required string Service { get; init; }

    /// <summary>How it proves that. Default by its identity.</summary>
    public ServerProof Proof { get; init; } = ServerProof.Identity;

    /// <summary>Where it is reached; a new certificate is tried out with each. Empty: where the first connection leads.</summary>
    public IReadOnlyList<Uri> Addresses { get; init; } = [];

    /// <summary>
    /// Settings of connections and requests; called whenever new connections are due. How connections are made and secured is not its to set,
    /// but for public TLS whom it trusts (<see cref="System.Net.Security.SslClientAuthenticationOptions.CertificateChainPolicy"/>). Null: the defaults.
    /// </summary>
    public Action<SocketsHttpHandler>? Configure { get; init; }
}
