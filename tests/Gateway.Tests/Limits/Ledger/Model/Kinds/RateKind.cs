using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model.Kinds;

/// <summary>
/// A bucket whose rate changes, from the given tick on and once for each further rate. No interval holds more than the burst and what the rate
/// earns in its length; from that tick on the highest of the rates counts, as nobody says which instance learns of one first.
/// </summary>
internal sealed class RateKind : Kind
{
    private readonly int _burst;
    private readonly int _changesAt;
    private readonly int[] _perTick;
    private readonly LedgerRow[] _rows;

    // What a tick earns is counted in parts, so that no rate is broken.
    private readonly int _parts;

    public RateKind(Bounds bounds, (int SlotTicks, int Earns)[] rates, int changesAt, Conduct conduct)
        : base(bounds, conduct)
    {
        _burst = bounds.L + rates[0].Earns;
        _changesAt = changesAt;
        _parts = rates.Aggregate(1, (product, rate) => product % rate.SlotTicks == 0 ? product : product * rate.SlotTicks);
        _perTick = [.. rates.Select(rate => rate.Earns * _parts / rate.SlotTicks)];
        _rows = [.. rates.Select(rate => Row(Slots.From(1, rate.SlotTicks), 0) with { Limit = _burst - rate.Earns, Earns = rate.Earns })];
    }

    protected override World First => With(_rows[0] with { Base = _rows[0].Shape.SlotOf(1), Free = _rows[0].Limit });

    public override IEnumerable<LedgerRow> Rows(World world, LedgerRow row, TimeBounds now)
    {
        yield return row;
        var changes = (int)(row.Epoch - Ledger.Rows.Epoch);
        if (world.Time >= _changesAt && changes + 1 < _rows.Length)
        {
            var wanted = _rows[changes + 1];
            yield return Conduct.AtRate(row, wanted, now) with { Limit = wanted.Limit };
        }
    }

    // Kept are two numbers in place of all admissions: the most, in parts, that any interval from an earlier tick holds above what it earned,
    // and the admissions of this tick. Between two ticks lie only the whole ticks in between for sure.
    public override bool Admit(World world, int tick)
    {
        var (above, here) = (Kept(world, 0) + _parts, Kept(world, 1) + 1);
        Keep(world, above, here);
        return above <= _burst * _parts && here <= _burst;
    }

    public override void Pass(World world)
    {
        var earned = world.Time > _changesAt ? _perTick.Max() : _perTick[0];
        Keep(world, Math.Max(Math.Max(Kept(world, 0) - earned, Kept(world, 1) * _parts), 0), 0);
    }

    private static int Kept(World world, int at) => world.Admitted.Count == 0 ? 0 : (int)world.Admitted[at].Count;

    private static void Keep(World world, int above, int here)
    {
        world.Admitted.Clear();
        if (above > 0 || here > 0)
        {
            world.Admitted.AddRange([new LabelCount(0, above), new LabelCount(1, here)]);
        }
    }
}
