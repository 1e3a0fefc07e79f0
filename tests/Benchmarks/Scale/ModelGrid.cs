namespace Benchmarks.Scale;

/// <summary>The workloads on which model and simulator are compared.</summary>
internal static class ModelGrid
{
    /// <summary>Instances of a fleet.</summary>
    public static readonly IReadOnlyList<int> Instances = [1, 2, 5, 10, 30, 100];

    private static readonly (double Limit, double Window)[] _limits = [(600, 60), (100, 10), (60_000, 60), (10_000, 3_600)];

    // A thousand consumers who ask often would take the simulator too long.
    private static readonly (int Consumers, double[] PerSecond)[] _consumers = [(1, [0.1, 1, 5, 20, 100]), (10, [0.1, 1]), (1_000, [0.01, 0.05])];

    /// <summary>The limits, in words.</summary>
    public static string Limits => string.Join(", ", _limits.Select(static limit => FormattableString.Invariant($"{limit.Limit:N0} per {limit.Window:N0} s")));

    public static IEnumerable<Workload> All =>
        from limit in _limits
        from consumers in _consumers
        from perSecond in consumers.PerSecond
        from instances in Instances
        where consumers.Consumers < 1_000 || limit == _limits[0]
        // An hour that is used up would have to be simulated for many hours.
        where limit.Window < 3_600 || perSecond * limit.Window < limit.Limit
        select new Workload { Instances = instances, Consumers = consumers.Consumers, PerSecond = perSecond * consumers.Consumers, Limit = limit.Limit, Window = limit.Window };

    /// <summary>Leases have grown by then; rare requests take long to be a number worth telling.</summary>
    public static ModelCheck Check(Workload work) => ModelCheck.Of(work, settles: 1_500, counts: Math.Max(1_500, 600 / work.PerSecond));
}
