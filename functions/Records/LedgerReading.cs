namespace Records;

/// <summary>What became of reading a ledger row: the row, or what is wrong with it.</summary>
public readonly record struct LedgerReading(LedgerRow? Row, string? Fault);
