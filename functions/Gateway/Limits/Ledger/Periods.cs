using Records;

namespace Gateway.Limits.Ledger;

/// <summary>Turns the row of a calendar limit to the next period.</summary>
internal static class Periods
{
    /// <summary>
    /// The row itself while its period lasts by the lower bound; then the row of the period around that bound, without grants. The first writer
    /// fixes the period and others obey, whatever their time zone data say: no period begins before the one before has ended.
    /// </summary>
    public static LedgerRow Turn(LedgerRow row, TimeBounds now, Func<long, (long Start, long End)> around)
    {
        var ended = row.Shape.EndOf(row.Base);
        if (now.Lower < ended)
        {
            return row;
        }

        var (start, end) = around(now.Lower);
        var shape = Slots.OfPeriod(Math.Max(start, ended), end);
        return row with { Shape = shape, Base = shape.SlotOf(now.Lower), Granted = [] };
    }
}
