namespace Benchmarks.Scale;

/// <summary>What one table is asked for, over all instances. All in a second.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Reads">Calls that read.</param>
/// <param name="Writes">Calls that write or remove; a batch is one.</param>
/// <param name="Entities">Rows that these touch.</param>
/// <param name="WorstPartition">Of these, those in the partition that is asked for most.</param>
internal sealed record TableLoad(string Table, double Reads, double Writes, double Entities, double WorstPartition)
{
    public double Operations => Reads + Writes;
}
