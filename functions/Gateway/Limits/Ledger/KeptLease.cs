namespace Gateway.Limits.Ledger;

/// <summary>A lease that a renewal may settle, and how many of its tokens stay spendable meanwhile: the demand of two round trips.</summary>
internal readonly record struct KeptLease(Lease Lease, long Keep);
