namespace Gateway.Tests.Limits.Simulation;

/// <summary>What came of a run.</summary>
internal sealed record RunResult(Scenario Scenario)
{
    /// <summary>Promises that were broken, and requests that were never answered.</summary>
    public required IReadOnlyList<string> Violations { get; init; }

    public required IReadOnlyList<Admissions> Admissions { get; init; }

    public long Admitted { get; init; }

    public long Refused { get; init; }

    /// <summary>Of these, those that were refused because storage could not be asked in time.</summary>
    public long Unavailable { get; init; }

    /// <summary>Requests that waited for storage.</summary>
    public long Waits { get; init; }

    /// <summary>How often the lone client waited as long as it was told.</summary>
    public long Waited { get; init; }

    /// <summary>How often it was refused all the same.</summary>
    public long Disappointed { get; init; }

    /// <summary>Calls to storage.</summary>
    public long Operations { get; init; }

    /// <summary>Of these, those that write or remove.</summary>
    public long Writes { get; init; }

    /// <summary>Rows that were read, and rows that were to be written, in all partitions of the limits.</summary>
    public long Entities { get; init; }

    /// <summary>Writes that came too late.</summary>
    public long Conflicts { get; init; }

    public long Events { get; init; }

    /// <summary>Of the first limit's first key: what was admitted after the warm-up, as a share of what may be.</summary>
    public double Utilisation
    {
        get
        {
            var (from, to) = (Scenario.Start + Scenario.WarmUp, Scenario.Start + Scenario.Duration);
            var quota = Scenario.Kinds[0][0].Quota;
            return Admissions[0].Between(from, to) / (quota.Count * (double)(to - from) / quota.Window.Ticks);
        }
    }

    public double OperationsPerSecond => Operations / TimeSpan.FromTicks(Scenario.Duration).TotalSeconds;

    public override string ToString() => FormattableString.Invariant(
        $"admitted {Admitted}, refused {Refused}, {Operations} storage operations ({OperationsPerSecond:0.0}/s), {Conflicts} conflicts, {Events} events");
}
