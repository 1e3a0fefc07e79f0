using Mesh.Calls;
using Mesh.Peers;
using Mesh.Trust;
using Microsoft.Extensions.Logging;
using Records.Trust;

namespace Mesh.Canaries;

/// <summary>
/// Tries the candidates of a bundle before they are put in use.
/// 1. Our own, once it is loaded: by our own rules, and in a call to every service that we call.
/// 2. Those of the services that we call: each is asked for its candidate, until it has loaded it.
/// </summary>
internal sealed partial class CanaryRounds(PeerInstance instance, ITrust trust, MeshDestinations destinations, ServerIdentity identity, CanaryCalls calls, ILogger<CanaryRounds> logger)
{
    private readonly CanaryBook _book = new();

    public IReadOnlyList<CanaryResult> Results => _book.Results;

    /// <summary>Tries what was not good yet. True: there are other results than before.</summary>
    public async Task<bool> RunAsync(TrustView view, CancellationToken cancellation)
    {
        var before = _book.Results;
        var trials = OwnTrials(view).Concat(TheirTrials(view)).GroupBy(trial => trial.Canary).ToList();
        _book.Keep([.. trials.Select(trial => trial.Key)]);
        var due = trials.Where(trial => !_book.IsGood(trial.Key)).ToList();
        var attempts = await Task.WhenAll(due.Select(trial => WorstAsync(trial, cancellation)));
        foreach (var (trial, attempt) in due.Zip(attempts))
        {
            _book.Note(trial.Key, attempt);
        }

        var results = _book.Results;
        LogNews(results.Except(before));
        return !results.SequenceEqual(before);
    }

    private IEnumerable<Trial> OwnTrials(TrustView view)
    {
        if (view.Bundle.Workload(instance.Service)?.Candidate is not { } named || trust.Candidate is not { } candidate || candidate.SerialNumber != named.Serial)
        {
            return [];
        }

        var ours = new Trial(new(instance.Service, named.Version, instance.Service), _ => Task.FromResult(Judge()));
        return [ours, .. from destination in destinations.All
                         from address in destinations.AddressesOf(destination)
                         select new Trial(
                             new(instance.Service, named.Version, destination.Service),
                             cancellation => calls.PresentAsync(destination, address, view, candidate, trust.Leaf, cancellation))];

        CanaryAttempt Judge() => identity.Judge(instance.Service, candidate) is { Refusal: { } refusal } verdict
            ? CanaryAttempt.Bad($"{refusal}. {verdict.Detail}".TrimEnd())
            : CanaryAttempt.Good;
    }

    private IEnumerable<Trial> TheirTrials(TrustView view) =>
        from destination in destinations.All
        where destination.Proof == ServerProof.Identity
        let candidate = view.Bundle.Workload(destination.Service)?.Candidate
        where candidate is not null
        let ours = trust.Leaf
        where ours is not null
        from address in destinations.AddressesOf(destination)
        select new Trial(
            new(destination.Service, candidate.Version, instance.Service),
            cancellation => calls.MeetAsync(destination, address, ours, candidate, cancellation));

    // A candidate is as good as at the address where it fared worst.
    private static async Task<CanaryAttempt> WorstAsync(IEnumerable<Trial> trials, CancellationToken cancellation) =>
        (await Task.WhenAll(trials.Select(trial => trial.Run(cancellation)))).MaxBy(attempt => attempt.Outcome);

    private void LogNews(IEnumerable<CanaryResult> news)
    {
        foreach (var result in news)
        {
            if (!result.Reached)
            {
                Log.Away(logger, result.Service, result.Version, result.With, result.Failure ?? "Nobody answers there.");
            }
            else if (result.Failure is null)
            {
                Log.Good(logger, result.Service, result.Version, result.With);
            }
            else
            {
                Log.Bad(logger, result.Service, result.Version, result.With, result.Failure);
            }
        }
    }

    private sealed record Trial(Canary Canary, Func<CancellationToken, Task<CanaryAttempt>> Run);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Candidate {Version} of {Service} is good with {With}.")]
        public static partial void Good(ILogger logger, string service, string version, string with);

        [LoggerMessage(3, LogLevel.Warning, "Candidate {Version} of {Service} could not be tried with {With}, which says nothing against it: {Failure}")]
        public static partial void Away(ILogger logger, string service, string version, string with, string failure);

        [LoggerMessage(2, LogLevel.Error, "Candidate {Version} of {Service} failed with {With}: {Failure}")]
        public static partial void Bad(ILogger logger, string service, string version, string with, string failure);
    }
}
