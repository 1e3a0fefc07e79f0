using Records;

namespace ControlPlane.Limits;

/// <summary>What a commit would find in a row at an instant of our own clock. The ledger counts by storage's, so this is an estimate.</summary>
internal static class LedgerEstimate
{
    /// <summary>The row as a commit that settles and grants nothing would leave it. Commits count no slot before the row's base.</summary>
    public static LedgerRow At(LedgerRow row, DateTimeOffset now)
    {
        var slot = Math.Max(row.Shape.SlotOf(now.UtcTicks), row.Base);
        return row with
        {
            Base = slot,
            Granted = [.. row.Granted.Where(granted => granted.Label >= slot - row.Shape.Slots)],
            Free = row.Earns > 0 ? FreeAt(row, slot) : 0,
        };
    }

    // With each slot the labels that have passed are dropped, then tokens are earned as long as fewer than the limit exist.
    private static long FreeAt(LedgerRow row, long slot)
    {
        var free = row.Free;
        for (var at = row.Base; at < slot;)
        {
            at++;
            var taken = row.Granted.Where(granted => granted.Label >= at).ToList();

            // All slots up to the next label that passes are alike.
            var alike = Math.Min(slot, taken.Count > 0 ? taken[0].Label : long.MaxValue) - at;
            var room = Math.Max(row.Limit - free - taken.Sum(granted => granted.Count), 0);
            free += alike >= room / row.Earns ? room : Math.Min(room, row.Earns * (alike + 1));
            at += alike;
        }

        return free;
    }
}
