namespace Benchmarks.Scale;

/// <summary>A ceiling, and how much of it a workload takes.</summary>
/// <param name="Name">What ends there.</param>
/// <param name="Used">1: all of it.</param>
internal readonly record struct Wall(string Name, double Used)
{
    /// <summary>Rows that one partition of a table serves in a second (architecture.md §5).</summary>
    public const double PartitionEntities = 2_000;

    /// <summary>Rows that one account serves in a second (architecture.md §5).</summary>
    public const double AccountEntities = 20_000;

    /// <summary>Instances of 512 MB that a region gives a subscription: 250 cores (azure.md §1.1).</summary>
    public const double RegionInstances = 1_000;

    /// <summary>Requests that one instance takes in a second. Not measured on Azure: to plan with, as in docs/deploy.md.</summary>
    public const double InstancePerSecond = 100;

    /// <summary>All of them, the nearest first.</summary>
    public static IReadOnlyList<Wall> Of(Workload work, StorageModel storage) =>
    [
        .. new[]
        {
            new Wall("instances", work.PerSecond / (work.Instances * InstancePerSecond)),
            new("region", work.Instances / RegionInstances),
            new("account", storage.Entities / AccountEntities),
        }
        .Concat(storage.Tables.Select(table => new Wall($"a partition of {table.Table}", table.WorstPartition / PartitionEntities)))
        .OrderByDescending(wall => wall.Used),
    ];

    /// <summary>Of tables alone: what more instances do not help.</summary>
    public static Wall OfStorage(Workload work, StorageModel storage) =>
        Of(work, storage).First(wall => wall.Name is not ("instances" or "region"));
}
