namespace Mesh.Verification;

/// <summary>The one table from refusals to HTTP and to metric labels.</summary>
public static class MeshRefusals
{
    /// <summary>What a caller sees of a refusal.</summary>
    /// <param name="Status">HTTP status code.</param>
    /// <param name="Slug">Stable name: the end of the problem's type, and the label of metrics.</param>
    /// <param name="Title">The same for every occurrence (RFC 9457 §3.1.4).</param>
    public sealed record Row(int Status, string Slug, string Title);

    /// <summary>The row of a refusal.</summary>
    public static Row Describe(this MeshRefusal refusal) => refusal switch
    {
        MeshRefusal.NoCertificate => new(401, "certificate-missing", "A certificate of the mesh is needed."),
        MeshRefusal.UnreadableCertificate => new(401, "certificate-unreadable", "What was presented is no certificate."),
        MeshRefusal.ForgedHeader => new(401, "certificate-header-forged", "A certificate in a header is not taken here."),
        MeshRefusal.UntrustedAuthority => new(401, "authority-untrusted", "The certificate is from no authority of the mesh."),
        MeshRefusal.Expired => new(401, "certificate-expired", "The certificate is not valid any more."),
        MeshRefusal.NotYetValid => new(401, "certificate-not-yet-valid", "The certificate is not valid yet."),
        MeshRefusal.NotAWorkload => new(401, "not-a-workload", "The certificate is not one of a workload."),
        MeshRefusal.WrongTrustDomain => new(401, "wrong-trust-domain", "The certificate is of another trust domain."),
        MeshRefusal.Refused => new(401, "certificate-revoked", "The certificate was revoked."),
        MeshRefusal.WrongService => new(403, "wrong-service", "This workload is not let in here."),
        MeshRefusal.TrustUnavailable => new(503, "trust-unavailable", "Certificates cannot be judged now."),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "Add the new refusal to this table."),
    };
}
