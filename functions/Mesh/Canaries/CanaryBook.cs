using Records.Trust;

namespace Mesh.Canaries;

/// <summary>What came of the candidates so far. A good one is not tried again. A bad one is, and counts from the second time on; so does whoever is away.</summary>
// One mishap may be the network's, and a canary that fails takes a rotation back.
internal sealed class CanaryBook
{
    private const int TimesThatCount = 2;

    private readonly Dictionary<Canary, (int Times, CanaryAttempt Last)> _tried = [];

    public IReadOnlyList<CanaryResult> Results =>
    [
        .. from tried in _tried
           let outcome = tried.Value.Last.Outcome
           where outcome == CanaryOutcome.Good || (outcome != CanaryOutcome.NotYet && tried.Value.Times >= TimesThatCount)
           let canary = tried.Key
           orderby canary.Service, canary.With
           select new CanaryResult
           {
               Service = canary.Service,
               Version = canary.Version,
               With = canary.With,
               Reached = outcome != CanaryOutcome.Away,
               Failure = tried.Value.Last.Failure,
           },
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
        var (times, last) = _tried.GetValueOrDefault(canary);
        _tried[canary] = (attempt.Outcome == last.Outcome ? times + 1 : 1, attempt);
    }
}
