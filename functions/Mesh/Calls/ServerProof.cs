namespace Mesh.Calls;

/// <summary>How the server of a mesh call proves who it is. We present our certificate in either case.</summary>
public enum ServerProof
{
    /// <summary>By a certificate of the mesh with the identity that is called; its host name says nothing.</summary>
    Identity,

    /// <summary>By public TLS and its host name, because a platform ends TLS in front of it.</summary>
    PublicTls,
}
