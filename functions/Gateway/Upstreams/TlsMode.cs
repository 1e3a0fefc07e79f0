namespace Gateway.Upstreams;

/// <summary>How the connection to a service is secured.</summary>
public enum TlsMode
{
    /// <summary>Ordinary TLS: the server proves itself by a public certificate and its host name.</summary>
    Public,

    /// <summary>Both sides prove their mesh identity.</summary>
    Mesh,

    /// <summary>We present our mesh certificate; the server proves itself by public TLS.</summary>
    MeshClient,

    /// <summary>None: http only.</summary>
    Off,
}
