using Records;

namespace Gateway.Limits.Ledger;

/// <summary>What a lease gives back to the row in one write: tokens that can no longer be spent, and the slots of those that were.</summary>
internal sealed record Settlement(Lease Lease, long Released, IReadOnlyList<LabelCount> Records)
{
    public bool IsEmpty => Released == 0 && Records.Count == 0;
}
