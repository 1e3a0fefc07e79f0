namespace YarpPeer;

/// <summary>What the bench tells this peer, by its environment.</summary>
internal sealed record PeerSettings
{
    /// <summary>True: IHttpForwarder alone, without YARP's pipeline. It checks nothing.</summary>
    public bool Bare { get; init; }

    /// <summary>The backend without TLS.</summary>
    public required string Backend { get; init; }

    /// <summary>The same over TLS, which asks for a client certificate.</summary>
    public required string TlsBackend { get; init; }

    /// <summary>File of the API keys: a key, a blank and its consumer in each line.</summary>
    public required string Keys { get; init; }

    /// <summary>File of the issuer's public key, in PEM.</summary>
    public required string IssuerKey { get; init; }

    /// <summary>Who issues tokens.</summary>
    public required string Issuer { get; init; }

    /// <summary>For whom they are.</summary>
    public required string Audience { get; init; }

    /// <summary>File of the client certificate and its key, in PEM.</summary>
    public required string Leaf { get; init; }

    /// <summary>File of the authorities that backends are trusted by, in PEM.</summary>
    public required string Roots { get; init; }
}
