using Records.Trust;

namespace Mesh.Canaries;

/// <summary>What came of the candidates so far. A good one is not tried again; a bad one is, and counts from the second time on.</summary>
// One mishap may be the network's, and a canary that fails takes a rotation back.
internal sealed class CanaryBook
{
    private const int FailuresThatCount = 2;

    private readonly Dictionary<Canary, (int Failures, CanaryAttempt Last)> _tried = [];

    public IReadOnlyList<CanaryResult> Results =>
    [
        .. from tried in _tried
           where tried.Value.Last is { IsOver: true } && (tried.Value.Last.Failure is null || tried.Value.Failures >= FailuresThatCount)
           let canary = tried.Key
           orderby canary.Service, canary.With
           select new CanaryResult { Service = canary.Service, Version = canary.Version, With = canary.With, Failure = tried.Value.Last.Failure },
    ];

    /// <summary>Forgets all others.</summary>
    public void Keep(IReadOnlyCollection<Canary> canaries)
    {
        foreach (var gone in _tried.Keys.Except(canaries).ToList())
        {
            _tried.Remove(gone);
        }
    }

    public bool IsGood(Canary canary) => _tried.TryGetValue(canary, out var tried) && tried.Last == CanaryAttempt.Good;

    public void Note(Canary canary, CanaryAttempt attempt)
    {
        var failures = _tried.GetValueOrDefault(canary).Failures;
        _tried[canary] = (attempt.Failure is null ? 0 : failures + 1, attempt);
    }
}
