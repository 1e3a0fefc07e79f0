using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model.Kinds;

/// <summary>
/// A rolling window whose shape changes, once for each further shape. No interval holds more than L that is as long as the shortest of the
/// windows in force from its start on.
/// </summary>
internal sealed class ReshapeKind(Bounds bounds, LedgerShape[] shapes, Conduct conduct) : Kind(bounds, conduct)
{
    private readonly int[] _windows = [.. shapes.Select(shape => (int)shape.SlotTicks * shape.Slots)];

    protected override World First => With(Row(shapes[0], shapes[0].SlotOf(1)));

    // The marks are the changes so far. Who knows the new shape makes the change with its next commit.
    public override IEnumerable<LedgerRow> Rows(World world, LedgerRow row, TimeBounds now)
    {
        yield return row;
        if (world.Marks.Count + 1 < shapes.Length)
        {
            yield return Conduct.Reshape(row, shapes[world.Marks.Count + 1]);
        }
    }

    public override void Landed(World world)
    {
        if (world.Rows[0]!.Shape != shapes[world.Marks.Count])
        {
            world.Marks.Add((byte)world.Time);
        }
    }

    public override bool Admit(World world, int tick)
    {
        world.Admit(tick);
        for (var first = tick - _windows.Max(); first <= tick; first++)
        {
            var window = _windows[world.Marks.Count(mark => mark < first)..(world.Marks.Count + 1)].Min();
            if (first + window >= tick && world.AdmittedIn(first, first + window) > Bounds.L)
            {
                return false;
            }
        }

        return true;
    }

    public override void Pass(World world) => world.Admitted.RemoveAll(entry => entry.Label < world.Time - _windows.Max());
}
