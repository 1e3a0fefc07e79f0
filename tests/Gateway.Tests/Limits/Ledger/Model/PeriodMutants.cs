using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Periods of the calendar done wrong.</summary>
internal static class PeriodMutants
{
    internal sealed class TurnsOnTheUpperBound : Conduct
    {
        public override LedgerRow Turn(LedgerRow row, TimeBounds now, Func<long, (long Start, long End)> around) =>
            Periods.Turn(row, now with { Lower = now.Upper }, around);
    }

    /// <summary>Whoever reads another calendar makes the row that of another period.</summary>
    internal sealed class ObeysItsOwnCalendar : Conduct
    {
        public override LedgerRow Turn(LedgerRow row, TimeBounds now, Func<long, (long Start, long End)> around)
        {
            var (start, end) = around(now.Lower);
            var shape = Slots.OfPeriod(start, end);
            return shape == row.Shape && shape.SlotOf(start) <= row.Base ? row : row with { Shape = shape, Base = shape.SlotOf(start), Granted = [] };
        }
    }
}
