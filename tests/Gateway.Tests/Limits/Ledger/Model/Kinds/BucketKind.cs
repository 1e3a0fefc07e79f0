using Records;

namespace Gateway.Tests.Limits.Ledger.Model.Kinds;

/// <summary>A bucket of L tokens that earns m with each slot: no interval from slot a to slot b holds more than L + m·(b − a).</summary>
internal sealed class BucketKind(Bounds bounds, int earns, Conduct conduct) : Kind(bounds, conduct)
{
    protected override World First => With(Row(new(1, 0, 0), 0) with { Earns = earns, Free = Bounds.L });

    // In place of all admissions the most that any interval up to now holds above its m·(b − a).
    public override bool Admit(World world, int tick)
    {
        world.Admit(0);
        return world.Admitted[0].Count <= Bounds.L;
    }

    public override void Pass(World world)
    {
        if (world.Admitted is [var above])
        {
            world.Admitted.Clear();
            world.Admitted.AddRange(above.Count > earns ? [new LabelCount(0, above.Count - earns)] : []);
        }
    }
}
