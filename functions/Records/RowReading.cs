namespace Records;

/// <summary>What became of reading a row: the record, or what is wrong with it.</summary>
public readonly record struct RowReading<TRecord>(TRecord? Record, RowFault? Fault)
    where TRecord : class;

/// <summary>A row that is not what its format says: written by a newer version, or damaged.</summary>
/// <param name="Row">Partition and row key.</param>
/// <param name="Column">The column at fault.</param>
/// <param name="Problem">What is wrong; never the value itself.</param>
public sealed record RowFault(string Row, string Column, string Problem)
{
    public override string ToString() => $"{Row}, column {Column}: {Problem}";
}
