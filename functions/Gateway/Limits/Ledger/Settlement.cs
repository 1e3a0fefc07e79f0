using Records;

namespace Gateway.Limits.Ledger;

/// <summary>What a lease gives back to the row in one write: tokens that can no longer be spent, and the slots of those that were.</summary>
/// <param name="Moved">Permits in use that take the new label, because their requests run on.</param>
internal sealed record Settlement(Lease Lease, long Released, IReadOnlyList<LabelCount> Records, long Moved = 0)
{
    public bool IsEmpty => Released == 0 && Records.Count == 0 && Moved == 0;
}
