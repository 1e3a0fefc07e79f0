namespace Gateway.Limits.Ledger;

/// <summary>What is asked of a row.</summary>
/// <param name="Wanted">Tokens; what is available bounds them.</param>
/// <param name="LeaseSlots">Slots that the lease lasts, the one of the commit included. At least 1.</param>
/// <param name="CommitId">Drawn at random for this write.</param>
internal readonly record struct LedgerRequest(long Wanted, int LeaseSlots, ulong CommitId);
