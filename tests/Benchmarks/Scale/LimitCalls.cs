using Gateway.Limits.Ledger;
using Records;

namespace Benchmarks.Scale;

/// <summary>Calls of storage for one consumer's exact limit, over all instances. All in a second.</summary>
/// <param name="Reads">Calls that read.</param>
/// <param name="Writes">Calls that write or remove.</param>
/// <param name="Entities">Rows that these touch, all in one partition.</param>
/// <param name="Renewals">Leases that are made.</param>
/// <param name="Waits">Requests that wait for one.</param>
/// <param name="Rows">Rows that the limit is spread over.</param>
internal readonly record struct LimitCalls(double Reads, double Writes, double Entities, double Renewals, double Waits, int Rows)
{
    // Looks go round as accounts come: they find what is idle a third later on average.
    private const double Sweep = 4.0 / 3;

    private static readonly double _idle = TimeSpan.FromMinutes(1).TotalSeconds;

    /// <param name="work">The workload.</param>
    /// <param name="perSecond">Requests of this consumer in a second.</param>
    /// <param name="keptFor">Seconds for which a full instance keeps its account.</param>
    public static LimitCalls Of(Workload work, double perSecond, double keptFor)
    {
        var (rate, isShared) = (perSecond / work.Instances, work.Instances > 1);
        var plan = new LeasePlan(work.Limit, work.Window, work.Instances, rate);
        var (forgotten, isRemoved) = Forgotten(work, rate, keptFor);
        var renewals = (perSecond * forgotten) + ((1 - forgotten) * plan.Renewals);
        var rows = RowsFor(renewals, work);
        var lost = Lost(renewals, rows, work);
        var reading = isShared ? 1 : forgotten;
        var tries = renewals / (1 - lost);
        var fetches = rows > 1 && plan.IsSaturated ? work.Instances / (CodeFigures.SlotsBetweenFetches * plan.Slot) : 0;
        var isAhead = rate * CodeFigures.RoundTripsAhead * work.RoundTrip >= 1;
        var removals = isRemoved ? perSecond * forgotten : 0;
        var looks = plan.LooksInVain;
        return new(
            (tries * reading) + looks + fetches,
            tries + removals,
            (tries * (1 + reading)) + looks + removals + (fetches * rows),
            renewals,
            isAhead ? 0 : Math.Min((renewals * (1 + (2 * rate * work.RoundTrip))) + looks, perSecond),
            rows);
    }

    // The share of requests that find no account: the one before was too long ago.
    private static (double Share, bool IsRemoved) Forgotten(Workload work, double rate, double keptFor)
    {
        if (work.Consumers == 1)
        {
            return (0, false);
        }

        var idle = Sweep * (work.Window + _idle);
        var kept = Math.Min(keptFor, rate * idle >= 1 ? Math.Max(idle, CodeFigures.LongestLease) : idle);
        return (Math.Exp(-rate * kept), kept > work.Window);
    }

    // Between a read and the write after it another instance may have written.
    private static double Lost(double renewals, int rows, Workload work) =>
        1 - Math.Exp(-renewals * (work.Instances - 1) / work.Instances / rows * work.RoundTrip);

    private static int RowsFor(double renewals, Workload work)
    {
        var most = (int)Math.Clamp(work.Limit / Shards.FewestTokens, 1, LedgerRow.MostShards);
        var rows = 1;
        while (rows < most && Lost(renewals, rows, work) is var lost && lost / (1 - lost) > CodeFigures.LostUntilSpread)
        {
            rows = Math.Min(rows * CodeFigures.Growth, most);
        }

        return rows;
    }
}
