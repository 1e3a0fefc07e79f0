using Benchmarks.SideBySide.Load;
using Benchmarks.SideBySide.Peers;

namespace Benchmarks.SideBySide.Rounds;

/// <summary>Everything that a run measured, and the figures that are told of it.</summary>
internal sealed class Results
{
    // "The first 10 s": windows of a second.
    private const int YoungWindows = 10;

    /// <summary>Where requests were sent without any proxy.</summary>
    public const string Direct = "no proxy";

    private readonly List<Round> _rounds = [];
    private readonly List<(int Start, Peer Peer, Work Work, Warmth Warmth)> _youngs = [];
    private readonly List<(int Start, Peer Peer, Work Work, Warmth Warmth)> _warmths = [];
    private readonly List<(string Of, Latency Latency)> _latencies = [];
    private readonly List<(Peer Peer, TimeSpan Time)> _firstAnswers = [];

    public IReadOnlyList<Round> Rounds => _rounds;

    /// <summary>The first load of each process.</summary>
    public IReadOnlyList<(int Start, Peer Peer, Work Work, Warmth Warmth)> Youngs => _youngs;

    /// <summary>The loads before rounds.</summary>
    public IReadOnlyList<(int Start, Peer Peer, Work Work, Warmth Warmth)> Warmths => _warmths;

    public IReadOnlyList<Peer> Peers => [.. Peer.All.Where(peer => _rounds.Any(round => round.Peer == peer))];

    public IReadOnlyList<Work> Works => [.. Work.All.Where(work => _rounds.Any(round => round.Work == work)).OrderBy(static work => work.Name, StringComparer.Ordinal)];

    public void Add(Round round) => _rounds.Add(round);

    public void Add(int start, Peer peer, Work work, Warmth warmth) => _warmths.Add((start, peer, work, warmth));

    public void AddYoung(int start, Peer peer, Work work, Warmth warmth) => _youngs.Add((start, peer, work, warmth));

    public void Add(string of, Latency latency) => _latencies.Add((of, latency));

    public void Add(Peer peer, TimeSpan firstAnswer) => _firstAnswers.Add((peer, firstAnswer));

    /// <summary>CPU per request in µs: the median of all rounds. NaN: it was not measured, here and below.</summary>
    public double Microseconds(Peer peer, Work work) => Of(peer, work).Select(static round => round.Microseconds).Median();

    /// <summary>Against HAProxy in the rounds before and after: the median over the starts.</summary>
    public double AgainstHaproxy(Peer peer, Work work) => peer == Peer.Haproxy ? 1 : Of(peer, work)
        .Select(round => round.Microseconds / _rounds.Where(bracket => IsBracketOf(bracket, round)).Average(static bracket => bracket.Microseconds))
        .Median();

    /// <summary>Both against their own brackets, so that a machine that changed in between changes nothing.</summary>
    public double AgainstYarp(Peer peer, Work work) => AgainstHaproxy(peer, work) / AgainstHaproxy(Peer.Yarp, work);

    /// <summary>The cost of the first 10 s under load against the same process's once it is warm.</summary>
    public double YoungAgainstSteady(Peer peer) => _youngs
        .Where(one => one.Peer == peer && one.Work == Work.Key && one.Warmth.Windows.Count >= YoungWindows)
        .SelectMany(one => Of(peer, Work.Key).Where(round => round.Start == one.Start).Select(round => one.Warmth.First(YoungWindows) / round.Microseconds))
        .Median();

    /// <summary>The most in any round of a work, of every start; the median of these.</summary>
    public double PssMiB(Peer peer) => MostOfStarts(peer, static round => round.PssMiB);

    public double RssMiB(Peer peer) => MostOfStarts(peer, static round => round.RssMiB);

    public double FirstAnswerMilliseconds(Peer peer) => _firstAnswers.Where(one => one.Peer == peer).Select(static one => one.Time.TotalMilliseconds).Median();

    /// <summary>Requests to tables for 1,000 of clients, by table: the median of all rounds.</summary>
    public IReadOnlyList<(string Table, double PerThousand)> OperationsOf(Work work)
    {
        var rounds = Of(Peer.Ours, work).ToList();
        return
        [
            .. rounds.SelectMany(static round => round.StorageOperations.Keys).Distinct().Order(StringComparer.Ordinal)
                .Select(table => (table, rounds.Select(round => round.StorageOperations.GetValueOrDefault(table) * 1_000.0 / round.Requests).Median())),
        ];
    }

    /// <summary>Null: it was not measured.</summary>
    public Latency? LatencyOf(string name) => _latencies.Where(one => one.Of == name).Select(static one => one.Latency).ToList() is { Count: > 0 } runs ? Latency.MedianOf(runs) : null;

    private IEnumerable<Round> Of(Peer peer, Work work) => _rounds.Where(round => round.Peer == peer && round.Work == work);

    private static bool IsBracketOf(Round bracket, Round round) =>
        bracket.Peer == Peer.Haproxy && bracket.For == round.Peer && bracket.Work == round.Work && bracket.Start == round.Start;

    private double MostOfStarts(Peer peer, Func<Round, double> memory) =>
        _rounds.Where(round => round.Peer == peer).GroupBy(static round => round.Start).Select(start => start.Max(memory)).Median();
}
