using Gateway.Tests.Limits.Ledger.Model.Kinds;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>The steps of a spend: decrement, clock read, record; or the token goes back.</summary>
internal sealed class Spends(Kind kind, Action<string, World> next, Action<string> broken)
{
    private readonly Conduct _conduct = kind.Conduct;

    public void From(World world, int at)
    {
        var node = world.Nodes[at];
        for (var index = 0; index < node.Leases.Length; index++)
        {
            var held = node.Leases[index];
            if (kind.Bounds.IsCoarse)
            {
                Spend(world, at, index);
            }
            else if (_conduct.ReadsFirst)
            {
                TakeAfterReading(world, at, index);
            }
            else if (held.Step == SpendStep.None && held.Free > 0)
            {
                var lease = Leases.Make(held);
                Assert.True(lease.TryTake());
                next($"{at} takes", world.Put(at, index, Leases.Model(lease, held) with { Step = SpendStep.Taken, Slot = _conduct.SlotAtTake(world.Time) }));
            }
            else if (held.Step == SpendStep.Taken)
            {
                Read(world, at, index);
                Refund(world, at, index);
            }
            else if (held.Step == SpendStep.Read)
            {
                var lease = Leases.Make(held);
                lease.Record(held.Slot);
                next($"{at} records", world.Put(at, index, Leases.Model(lease, held) with { Step = SpendStep.None, Slot = 0 }));
            }
        }

        if (_conduct.ReadsFirst && node.Reading is null)
        {
            foreach (var upper in _conduct.UpperSlots(world.Time, kind.Bounds))
            {
                var read = world.Clone();
                read.Nodes[at] = node with { Reading = (world.Time, upper) };
                next($"{at} reads the clock", read);
            }
        }
    }

    private void Spend(World world, int at, int index)
    {
        var held = world.Nodes[at].Leases[index];
        foreach (var upper in _conduct.UpperSlots(world.Time, kind.Bounds))
        {
            var lease = Leases.Make(held);
            if (_conduct.Covers(lease, upper) && lease.TryTake())
            {
                lease.Record(upper);
                Admit($"{at} spends", world.Put(at, index, Leases.Model(lease, held)), world.Time);
            }
        }
    }

    private void Read(World world, int at, int index)
    {
        var held = world.Nodes[at].Leases[index];
        foreach (var upper in _conduct.UpperSlots(world.Time, kind.Bounds))
        {
            if (_conduct.Covers(Leases.Make(held), upper))
            {
                var slot = held.Slot > 0 ? held.Slot : upper;
                Admit($"{at} reads the clock and admits", world.Put(at, index, held with { Step = SpendStep.Read, Slot = slot }), world.Time);
            }
        }
    }

    private void TakeAfterReading(World world, int at, int index)
    {
        var node = world.Nodes[at];
        var lease = Leases.Make(node.Leases[index]);
        if (node.Reading is not { } reading || !_conduct.Covers(lease, reading.Upper) || !lease.TryTake())
        {
            return;
        }

        lease.Record(reading.Upper);
        var admitted = world.Put(at, index, Leases.Model(lease, node.Leases[index]));
        admitted.Nodes[at] = admitted.Nodes[at] with { Reading = null };
        Admit($"{at} takes and admits", admitted, reading.True);
    }

    private void Refund(World world, int at, int index)
    {
        var node = world.Nodes[at];
        var held = node.Leases[index];
        var refunded = world.Put(at, index, held with { Step = SpendStep.None, Slot = 0 });
        var target = _conduct.RefundsElsewhere ? node.Leases.Length - 1 : index;
        var lease = Leases.Make(refunded.Nodes[at].Leases[target]);
        lease.Return();
        next($"{at} returns a token", refunded.Put(at, target, Leases.Model(lease, refunded.Nodes[at].Leases[target])));
    }

    private void Admit(string move, World admitted, int tick)
    {
        if (kind.Admit(admitted, tick))
        {
            next(move, admitted);
        }
        else
        {
            broken($"{move}, one too many: {admitted}");
        }
    }
}
