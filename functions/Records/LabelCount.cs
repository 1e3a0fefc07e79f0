namespace Records;

/// <summary>Tokens of one label, or spends of one slot.</summary>
public readonly record struct LabelCount(long Label, long Count);
