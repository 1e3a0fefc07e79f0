using Records;

namespace Gateway.Limits.Ledger;

/// <summary>
/// Periods of the calendar: each is one slot of a shape of its own. The first writer fixes when a period starts and ends; the others obey,
/// whatever their time-zone data. So periods never overlap, and every token of a row is spent within the period that the row is of.
/// </summary>
internal static class Periods
{
    /// <summary>The row itself while its period lasts, else the row of the period that follows. To be asked before every commit.</summary>
    /// <param name="around">The own calendar's period around an instant.</param>
    public static LedgerRow Turn(LedgerRow row, TimeBounds now, Func<long, (long Start, long End)> around)
    {
        // Until the lower bound has reached the end, others may still spend what they hold of this period.
        var ended = row.Shape.EndOf(row.Base);
        if (now.Lower < ended)
        {
            return row;
        }

        var (start, end) = around(now.Lower);
        start = Math.Max(start, ended);
        var shape = Slots.OfPeriod(start, end);
        return row with { Shape = shape, Base = shape.SlotOf(start), Granted = [] };
    }
}
