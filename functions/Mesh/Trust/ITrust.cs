using System.Security.Cryptography.X509Certificates;

namespace Mesh.Trust;

/// <summary>What this process acts on now. Asked at each handshake and each request, so that a new bundle needs no restart.</summary>
internal interface ITrust
{
    /// <summary>Null: no bundle was read yet, or the last one is older than it may be. Then no mesh call is taken or made.</summary>
    TrustView? View { get; }

    /// <summary>The certificate, with its key, that this workload presents in new handshakes. Null: it has none yet.</summary>
    X509Certificate2? Leaf { get; }

    /// <summary>The certificate that is tried out. Null: there is none, or it is not loaded yet.</summary>
    X509Certificate2? Candidate { get; }
}
