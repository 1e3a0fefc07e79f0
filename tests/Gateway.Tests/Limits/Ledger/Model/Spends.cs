namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>The steps of a spend: decrement, clock read, record; or the token goes back.</summary>
internal sealed class Spends(Bounds bounds, Conduct conduct, int span, Action<string, World> next, Action<string> broken)
{
    public void From(World world, int at)
    {
        var node = world.Nodes[at];
        for (var index = 0; index < node.Leases.Length; index++)
        {
            var held = node.Leases[index];
            if (conduct.ReadsFirst)
            {
                TakeAfterReading(world, at, index);
            }
            else if (held.Step == SpendStep.None && held.Free > 0)
            {
                var lease = Leases.Make(held, bounds);
                Assert.True(lease.TryTake());
                next($"{at} takes", Put(world, at, index, Leases.Model(lease, held) with { Step = SpendStep.Taken, Slot = conduct.SlotAtTake(world.Time) }));
            }
            else if (held.Step == SpendStep.Taken)
            {
                Read(world, at, index);
                Refund(world, at, index);
            }
            else if (held.Step == SpendStep.Read)
            {
                var lease = Leases.Make(held, bounds);
                lease.Record(held.Slot);
                next($"{at} records", Put(world, at, index, Leases.Model(lease, held) with { Step = SpendStep.None, Slot = 0 }));
            }
        }

        if (conduct.ReadsFirst && node.Reading is null)
        {
            foreach (var upper in conduct.UpperSlots(world.Time, bounds))
            {
                var read = world.Clone();
                read.Nodes[at] = node with { Reading = (world.Time, upper) };
                next($"{at} reads the clock", read);
            }
        }
    }

    private void Read(World world, int at, int index)
    {
        var held = world.Nodes[at].Leases[index];
        foreach (var upper in conduct.UpperSlots(world.Time, bounds))
        {
            if (!conduct.Covers(Leases.Make(held, bounds), upper))
            {
                continue;
            }

            var slot = held.Slot > 0 ? held.Slot : upper;
            var admitted = Put(world, at, index, held with { Step = SpendStep.Read, Slot = slot });
            if (!admitted.Admit(world.Time, span, bounds.L))
            {
                broken($"{at} admits one too many: {admitted}");
                return;
            }

            next($"{at} reads the clock and admits", admitted);
        }
    }

    private void TakeAfterReading(World world, int at, int index)
    {
        var node = world.Nodes[at];
        var lease = Leases.Make(node.Leases[index], bounds);
        if (node.Reading is not { } reading || !conduct.Covers(lease, reading.Upper) || !lease.TryTake())
        {
            return;
        }

        lease.Record(reading.Upper);
        var admitted = Put(world, at, index, Leases.Model(lease, node.Leases[index]));
        admitted.Nodes[at] = admitted.Nodes[at] with { Reading = null };
        if (!admitted.Admit(reading.True, span, bounds.L))
        {
            broken($"{at} admits one too many: {admitted}");
            return;
        }

        next($"{at} takes and admits", admitted);
    }

    private void Refund(World world, int at, int index)
    {
        var node = world.Nodes[at];
        var held = node.Leases[index];
        var refunded = Put(world, at, index, held with { Step = SpendStep.None, Slot = 0 });
        var target = conduct.RefundsElsewhere ? node.Leases.Length - 1 : index;
        var lease = Leases.Make(refunded.Nodes[at].Leases[target], bounds);
        lease.Return();
        next($"{at} returns a token", Put(refunded, at, target, Leases.Model(lease, refunded.Nodes[at].Leases[target])));
    }

    private static World Put(World world, int at, int index, Held lease)
    {
        var changed = world.Clone();
        changed.Nodes[at] = changed.Nodes[at].With(index, lease);
        return changed;
    }
}
