using Benchmarks.SideBySide.Peers;

namespace Benchmarks.SideBySide.Rounds;

/// <summary>One load on one proxy, and what it used.</summary>
internal sealed record Round
{
    /// <summary>Which start of the proxies it belongs to, from 1.</summary>
    public required int Start { get; init; }

    public required Peer Peer { get; init; }

    public required Work Work { get; init; }

    /// <summary>Whose rounds it brackets; the peer itself in its own.</summary>
    public required Peer For { get; init; }

    /// <summary>Answered with 2xx, all of them.</summary>
    public required long Requests { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Of the proxy's process tree.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>CPU that nothing of the bench used, in cores.</summary>
    public required double Foreign { get; init; }

    /// <summary>How often it was done again because of what others used.</summary>
    public required int Repeats { get; init; }

    public required double RssMiB { get; init; }

    public required double PssMiB { get; init; }

    /// <summary>Requests to tables meanwhile, by table; only our own proxy makes any.</summary>
    public required IReadOnlyDictionary<string, long> StorageOperations { get; init; }

    public double Microseconds => CpuSeconds / Requests * 1e6;

    public double PerSecond => Requests / Seconds;
}
