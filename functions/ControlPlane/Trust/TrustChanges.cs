using Records.Trust;

namespace ControlPlane.Trust;

/// <summary>
/// Every change that is made to a trust bundle; this part, those of workloads and their certificates. Each is checked against the bundle that
/// it replaces, and the row of the next sequence can be added only once: so no check is ever outdated when its change is published.
/// A change that is there already answers the same bundle, as any of them may be carried out twice.
/// </summary>
public static partial class TrustChanges
{
    public static TrustChange AddWorkload(TrustBundle bundle, string service, DateTimeOffset now) =>
        bundle.Workload(service) is null
            ? Next(bundle with { Workloads = [.. bundle.Workloads, new() { Service = service }] }, now)
            : bundle;

    /// <summary>Takes a service out that has left the mesh, once none of its certificates may be presented any more: until then a root may be needed for it.</summary>
    public static TrustChange RemoveWorkload(TrustBundle bundle, string service, DateTimeOffset now) => bundle.Workload(service) switch
    {
        null => bundle,
        var workload when Live(bundle, workload, now) is { } live => $"{live.Version} of {service} may be presented until {live.Expires:u}.",
        _ => Next(bundle with { Workloads = [.. bundle.Workloads.Where(workload => workload.Service != service)] }, now),
    };

    /// <summary>Says how peers follow the bundles.</summary>
    public static TrustChange SetTimes(TrustBundle bundle, TimeSpan poll, TimeSpan maxAge, DateTimeOffset now) =>
        poll <= TimeSpan.Zero || maxAge <= poll ? "A bundle's greatest age must be above the time between two polls, and both above zero."
        : (bundle.Poll, bundle.MaxAge) == (poll, maxAge) ? bundle
        : Next(bundle with { Poll = poll, MaxAge = maxAge }, now);

    /// <summary>Names the version that the service's instances try out.</summary>
    public static TrustChange Propose(TrustBundle bundle, string service, LeafVersion candidate, DateTimeOffset now) => bundle.Workload(service) switch
    {
        null => Unknown(service),
        var workload when workload.InUse?.Version == candidate.Version || workload.Candidate?.Version == candidate.Version => bundle,
        _ when Fault(bundle, candidate, now) is { } fault => $"{candidate.Version} of {service} {fault}.",
        { InUse: { } used } when used.Issued > candidate.Issued => $"{used.Version} of {service} is in use and newer than {candidate.Version}.",

        // An older one was left by a rotation that is over. A newer one belongs to a rotation that began since.
        { Candidate: { } other } when other.Issued >= candidate.Issued => $"{other.Version} of {service} is a candidate already.",
        var workload => Next(With(bundle, workload with { Candidate = candidate }), now),
    };

    /// <summary>Puts the candidate in use.</summary>
    public static TrustChange Activate(TrustBundle bundle, string service, string version, DateTimeOffset now) => bundle.Workload(service) switch
    {
        null => Unknown(service),
        var workload when workload.InUse?.Version == version => bundle,
        { Candidate: { } candidate } workload when candidate.Version == version => Fault(bundle, candidate, now) is { } fault
            ? $"{version} of {service} {fault}."
            : Next(With(bundle, workload with { InUse = candidate, Candidate = null }), now),
        _ => $"{version} of {service} is no candidate.",
    };

    /// <summary>
    /// Takes a version back, be it the candidate or in use; then <paramref name="before"/> is in use again. Where that one may not be used any
    /// more, the version stays: a certificate that verifies is better than one that does not.
    /// </summary>
    public static TrustChange Withdraw(TrustBundle bundle, string service, string version, LeafVersion? before, DateTimeOffset now) => bundle.Workload(service) switch
    {
        null => Unknown(service),
        { Candidate: { } candidate } workload when candidate.Version == version => Next(With(bundle, workload with { Candidate = null }), now),
        { InUse: { } used } workload when used.Version == version && before is not null && Fault(bundle, before, now) is null =>
            Next(With(bundle, workload with { InUse = before }), now),
        _ => bundle,
    };

    /// <summary>Revokes a certificate until it would have expired anyway.</summary>
    public static TrustChange Refuse(TrustBundle bundle, string serial, DateTimeOffset until, DateTimeOffset now) =>
        bundle.Refuses(serial) || until <= now
            ? bundle
            : Next(bundle with { Refused = [.. bundle.Refused, new(serial, until)] }, now);

    private static string Unknown(string service) => $"{service} is no workload of this mesh.";

    // Why nobody may present it; the end of a sentence.
    private static string? Fault(TrustBundle bundle, LeafVersion leaf, DateTimeOffset now) =>
        bundle.Root(leaf.Authority) is null ? $"is signed by {leaf.Authority}, which is not trusted"
        : bundle.Refuses(leaf.Serial) ? "is revoked"
        : leaf.Expires <= now ? "has expired"
        : null;

    private static LeafVersion? Live(TrustBundle bundle, Workload workload, DateTimeOffset now) =>
        new[] { workload.InUse, workload.Candidate }.OfType<LeafVersion>().FirstOrDefault(leaf => leaf.Expires > now && !bundle.Refuses(leaf.Serial));

    private static TrustBundle With(TrustBundle bundle, Workload changed) =>
        bundle with { Workloads = [.. bundle.Workloads.Select(workload => workload.Service == changed.Service ? changed : workload)] };

    private static TrustBundle Next(TrustBundle bundle, DateTimeOffset now) => bundle with
    {
        Sequence = bundle.Sequence + 1,
        Issued = now,
        Refused = [.. bundle.Refused.Where(refused => refused.Until > now)],
    };
}
