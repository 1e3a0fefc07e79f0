using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>What the reports of instances say of a candidate.</summary>
internal static class Canary
{
    /// <param name="service">Whose candidate it is.</param>
    /// <param name="version">The candidate's version.</param>
    /// <param name="sequence">Of the bundle that names it.</param>
    /// <param name="owners">Reports of live instances of the service.</param>
    /// <param name="callers">Reports of live instances of services that call it.</param>
    public static Look Judge(string service, string version, long sequence, IReadOnlyList<PeerReport> owners, IReadOnlyList<PeerReport> callers)
    {
        var results = owners.Concat(callers).Where(peer => peer.Sequence >= sequence).SelectMany(peer => ResultsOf(peer, service, version)).ToList();
        if (results.FirstOrDefault(result => result is { Reached: true, Failure: not null }) is { } failed)
        {
            return new(LookState.Failed, $"The new certificate of {service} did not work with {failed.With}: {failed.Failure}");
        }

        var isCalling = owners.Any(owner => owner.Sequence >= sequence && owner.Calls.All(called => ResultsOf(owner, service, version).Any(result => result.With == called)));
        var isCalled = callers.Count == 0 || owners.All(owner => !owner.Serves) || callers.Any(caller => ResultsOf(caller, service, version).Any());
        return !isCalling ? new(LookState.Waiting, $"an instance of {service} to try it")
            : !isCalled ? new(LookState.Waiting, $"a caller of {service} to try it")
            : new(LookState.Reached, RemarkOf(results));
    }

    private static IEnumerable<CanaryResult> ResultsOf(PeerReport peer, string service, string version) =>
        peer.Canaries.Where(result => result.Service == service && result.Version == version);

    // Who is away, or takes the certificate in use no better, cannot say anything against this one, and must not keep others from renewing theirs.
    private static string? RemarkOf(IReadOnlyList<CanaryResult> results)
    {
        var untried = results.Where(result => !result.Reached).ToLookup(result => result.Failure is not null);
        var away = untried[false].Select(result => result.With).Distinct().ToList();
        var sick = untried[true].Select(result => $"{result.With}, where the certificate in use fails too: {result.Failure}").Distinct();
        var remarks = sick.Prepend(away.Count == 0 ? null : $"{string.Join(", ", away)}, which did not answer.").OfType<string>().Select(remark => $"Not tried with {remark}");
        return string.Join(' ', remarks) is { Length: > 0 } remark ? remark : null;
    }
}
