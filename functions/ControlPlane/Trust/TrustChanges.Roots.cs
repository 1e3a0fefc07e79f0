using System.Security.Cryptography.X509Certificates;
using Records.Trust;

namespace ControlPlane.Trust;

/// <summary>The changes of roots. Their order says which was put in charge last: only the last may be appointed, so that an appointment that was taken back cannot come again.</summary>
public static partial class TrustChanges
{
    /// <summary>Trusts another root; it signs nothing yet.</summary>
    public static TrustChange AddRoot(TrustBundle bundle, TrustRoot root, DateTimeOffset now) =>
        bundle.Root(root.Id) is not null ? bundle
        : Ended(root) is var ended && bundle.Refuses(ended.Serial) ? $"Root {root.Id} was removed before."
        : ended.Until <= now ? $"Root {root.Id} has expired."
        : Next(bundle with { Roots = [.. bundle.Roots, root] }, now);

    /// <summary>Lets the newest root sign what follows.</summary>
    public static TrustChange Appoint(TrustBundle bundle, string root, DateTimeOffset now) =>
        bundle.Authority == root ? bundle
        : bundle.Root(root) is null ? $"Root {root} is not trusted."
        : bundle.Roots[^1].Id != root ? $"Root {root} was set back for {bundle.Roots[^1].Id}."
        : Next(bundle with { Authority = root }, now);

    /// <summary>Sets a root back for the one that signed before, for good.</summary>
    public static TrustChange Reinstate(TrustBundle bundle, string root, string before, DateTimeOffset now) =>
        bundle.Root(before) is not { } reinstated ? $"Root {before} is not trusted."
        : bundle.Root(root) is null || (bundle.Authority == before && bundle.Roots[^1].Id == before) ? bundle
        : Next(bundle with { Authority = before, Roots = [.. bundle.Roots.Where(other => other.Id != before), reinstated] }, now);

    /// <summary>Trusts a root no longer, and never again: its own serial number is refused from then on, even where it was not trusted yet.</summary>
    public static TrustChange RemoveRoot(TrustBundle bundle, TrustRoot root, DateTimeOffset now)
    {
        var (id, ended) = (root.Id, Ended(root));
        if (bundle.Root(id) is null && (bundle.Refuses(ended.Serial) || ended.Until <= now))
        {
            return bundle;
        }

        var signed = bundle.Workloads.Where(workload => workload.InUse?.Authority == id || workload.Candidate?.Authority == id).Select(workload => workload.Service).ToList();
        return bundle.Authority == id ? $"Root {id} is the authority."
            : signed.Count > 0 ? $"Root {id} signed certificates of {string.Join(", ", signed)}."
            : Next(bundle with { Roots = [.. bundle.Roots.Where(other => other.Id != id)], Refused = [.. bundle.Refused, ended] }, now);
    }

    private static RefusedSerial Ended(TrustRoot root)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(root.Certificate);
        return new(certificate.SerialNumber, certificate.NotAfter.ToUniversalTime());
    }
}
