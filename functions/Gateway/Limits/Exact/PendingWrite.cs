using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Limits.Exact;

/// <summary>A write that got no answer. The same bytes under the same ETag may be sent again; nothing else may, before it is known what became of it.</summary>
/// <param name="Era">Of the clock by which its lease is judged.</param>
internal sealed record PendingWrite(Renewal Renewal, RowAddress Address, string? ETag, IReadOnlyList<KeptLease> Kept, LeaseOffer Offer, int Era);
