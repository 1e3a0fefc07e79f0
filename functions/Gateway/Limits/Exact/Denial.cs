using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Limits.Exact;

/// <summary>Until when nothing can be granted, as a row says.</summary>
internal static class Denial
{
    /// <summary>The row may be reset, or its limit raised, and nobody tells: it is looked at again at least so often.</summary>
    public static readonly long Longest = TimeSpan.FromMinutes(1).Ticks;

    /// <summary>Refuses the account's callers from memory until the ring can free a token.</summary>
    public static void Apply(LedgerAccount account, LedgerRow row, TimeBounds now, Random random)
    {
        var slot = SlotLedger.CommitSlot(row, now);
        var free = row.FirstFree(slot);
        // A shard without a token of its own learns nothing from its row. Permits come back long before their labels pass.
        var at = free == long.MaxValue || account.Quota.InFlight ? now.Lower + row.Shape.SlotTicks : row.Shape.StartOf(free);
        // Others wait for the same moment: not all shall ask at once.
        var spread = (long)(Math.Min(account.Book.Others / 16, 0.8) * random.NextDouble() * Math.Min(row.Shape.SlotTicks, Longest));
        account.Book.DeniedAt = now.Lower;
        account.Deny(Math.Min(at + spread, now.Lower + Longest), at + spread);
    }
}
