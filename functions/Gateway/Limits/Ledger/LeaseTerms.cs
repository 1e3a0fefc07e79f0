using Records;

namespace Gateway.Limits.Ledger;

/// <summary>What a lease was granted under.</summary>
/// <param name="Epoch">Of the row: the lease settles into no other.</param>
/// <param name="Shape">Of the row: in another shape the lease is spent, never settled.</param>
/// <param name="First">The slot of the commit.</param>
/// <param name="Label">The last slot in which the tokens may be in use.</param>
internal sealed record LeaseTerms(ulong Epoch, LedgerShape Shape, long First, long Label)
{
    /// <summary>The first instant at which nothing may be spent any more: the label's end, or sooner.</summary>
    public long End { get; init; } = Shape.EndOf(Label);

    /// <summary>The first instant at which nothing may be in use any more.</summary>
    public long LabelEnd => Shape.EndOf(Label);
}
