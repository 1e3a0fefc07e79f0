namespace Mesh.Callers;

/// <summary>Where callers' certificates arrive.</summary>
public enum MeshCallerSource
{
    /// <summary>In the handshake with this process. The header X-ARR-ClientCert is dropped.</summary>
    Tls,

    /// <summary>
    /// In the header X-ARR-ClientCert, set by a front end that demands a certificate of everybody, and says by X-Forwarded-Proto that the call came over
    /// https. Certificates of TLS connections are not looked at.
    /// </summary>
    FrontEnd,
}
