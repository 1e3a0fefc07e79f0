namespace Benchmarks.Scale;

/// <summary>What is asked of how many instances, spread evenly over them.</summary>
internal sealed record Workload
{
    /// <summary>Instances that serve.</summary>
    public required int Instances { get; init; }

    /// <summary>Consumers, each with one API key and one exact limit.</summary>
    public required int Consumers { get; init; }

    /// <summary>Requests in a second, of all consumers at all instances.</summary>
    public required double PerSecond { get; init; }

    /// <summary>Exponent of Zipf's law, by which the consumer of rank k asks in proportion to 1/k^s. 0: all ask equally often.</summary>
    public double Zipf { get; init; }

    /// <summary>Requests that each consumer's limit lets in.</summary>
    public required double Limit { get; init; }

    /// <summary>In so many seconds.</summary>
    public double Window { get; init; } = 60;

    /// <summary>Seconds from a call of storage to its answer. Default: the simulator's mean.</summary>
    public double RoundTrip { get; init; } = CodeFigures.SimulatedRoundTrip;
}
