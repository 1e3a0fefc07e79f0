using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model.Kinds;

/// <summary>
/// Periods of the calendar: each holds at most L admissions. Instances read calendars of several lengths, now this one, now that.
/// </summary>
internal sealed class PeriodKind(Bounds bounds, int[] lengths, Conduct conduct) : Kind(bounds, conduct)
{
    protected override World First
    {
        get
        {
            var first = With(Row(Slots.OfPeriod(0, lengths[0]), 0));
            first.Marks.Add((byte)lengths[0]);
            return first;
        }
    }

    public override IEnumerable<LedgerRow> Rows(World world, LedgerRow row, TimeBounds now) =>
        lengths.Select(length => Conduct.Turn(row, now, instant => (instant / length * length, ((instant / length) + 1) * length))).DistinctBy(turned => turned.Shape);

    // Leases are as short as elsewhere, though a slot is a whole period.
    public override LedgerRequest Request(int wanted, TimeBounds now) => new(wanted, 1, 1) { LatestEnd = now.Upper - 1 + Bounds.H };

    public override bool Admit(World world, int tick)
    {
        world.Admit(tick);
        var (start, end) = (0, int.MaxValue);
        foreach (var mark in world.Marks)
        {
            (start, end) = mark <= tick ? (mark, end) : (start, Math.Min(end, mark));
        }

        return world.AdmittedIn(start, end - 1) <= Bounds.L;
    }

    // The marks are the ends of periods; of those that passed the last is the start of what counts.
    public override void Pass(World world)
    {
        world.Marks.RemoveAll(mark => world.Marks.Exists(later => later > mark && later <= world.Time));
        world.Admitted.RemoveAll(entry => entry.Label < world.Marks[0] && world.Marks[0] <= world.Time);
    }

    public override void Landed(World world)
    {
        var end = (byte)world.Rows[0]!.Shape.EndOf(world.Rows[0]!.Base);
        if (end > world.Marks[^1])
        {
            world.Marks.Add(end);
        }
    }
}
