namespace Mesh.Verification;

/// <summary>Every way in which the other side of a mesh call can fail to prove who it is. <see cref="MeshRefusals"/> says what each means over HTTP.</summary>
public enum MeshRefusal
{
    /// <summary>No certificate was presented.</summary>
    NoCertificate,

    /// <summary>What was presented is no certificate.</summary>
    UnreadableCertificate,

    /// <summary>A certificate came in a header that only the platform may set, at a place where the platform does not set it.</summary>
    ForgedHeader,

    /// <summary>No authority of the trust bundle signed it, or that authority is not fit to.</summary>
    UntrustedAuthority,

    /// <summary>It is not valid any more.</summary>
    Expired,

    /// <summary>It is not valid yet.</summary>
    NotYetValid,

    /// <summary>It breaks a rule for certificates of workloads (X.509-SVID); the detail says which.</summary>
    NotAWorkload,

    /// <summary>It names a workload of another trust domain.</summary>
    WrongTrustDomain,

    /// <summary>It was revoked: its serial number is on the bundle's refusal list.</summary>
    Refused,

    /// <summary>It names a workload that is not let in here, or not the one that was expected.</summary>
    WrongService,

    /// <summary>There is no trust bundle to judge by, or it is older than it may be.</summary>
    TrustUnavailable,
}
