namespace Gateway.Limits.Ledger;

/// <summary>A lease that a renewal may settle.</summary>
/// <param name="Keep">Tokens that stay spendable meanwhile: the demand of two round trips.</param>
/// <param name="Moved">Permits in use whose requests run on: they take the label of the new lease.</param>
internal readonly record struct KeptLease(Lease Lease, long Keep, long Moved = 0);
