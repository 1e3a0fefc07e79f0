namespace Gateway.Limits.Ledger;

/// <summary>What is asked of a row.</summary>
/// <param name="Wanted">Tokens; what is available bounds them.</param>
/// <param name="LeaseSlots">Slots that the lease lasts, the one of the commit included. At least 1.</param>
/// <param name="CommitId">Drawn at random for this write.</param>
internal readonly record struct LedgerRequest(long Wanted, int LeaseSlots, ulong CommitId)
{
    /// <summary>Slots after the lease in which what was begun may still run: permits of requests in flight.</summary>
    public int GraceSlots { get; init; }

    /// <summary>The lease ends here at the latest, whatever its label says: where slots are much longer than leases.</summary>
    public long LatestEnd { get; init; } = long.MaxValue;
}
