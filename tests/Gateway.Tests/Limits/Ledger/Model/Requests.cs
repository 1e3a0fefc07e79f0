using Gateway.Tests.Limits.Ledger.Model.Kinds;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Requests that hold a permit while they run: they start and, whenever it may be, end.</summary>
internal sealed class Requests(Kind kind, Action<string, World> next, Action<string> broken)
{
    public void From(World world, int at)
    {
        var node = world.Nodes[at];
        for (var index = 0; index < node.Leases.Length; index++)
        {
            Begin(world, at, index);
            End(world, at, index);
            EndMoved(world, at, index);
        }
    }

    private void Begin(World world, int at, int index)
    {
        var held = world.Nodes[at].Leases[index];
        var lease = Leases.Make(held);
        if (!kind.Conduct.UpperSlots(world.Time, kind.Bounds).Any(upper => kind.Conduct.Covers(lease, upper)) || !lease.TryTake())
        {
            return;
        }

        var begun = world.Put(at, index, Leases.Model(lease, held) with { Running = held.Running + 1 });
        if (kind.Admit(begun, world.Time))
        {
            next($"{at} begins a request", begun);
        }
        else
        {
            broken($"{at} begins a request, one too many: {begun}");
        }
    }

    private void End(World world, int at, int index)
    {
        var held = world.Nodes[at].Leases[index];
        if (held.Running > 0)
        {
            var lease = Leases.Make(held);
            lease.Return();
            next($"{at} ends a request", world.Put(at, index, Leases.Model(lease, held) with { Running = held.Running - 1 }));
        }
    }

    // Where its permit goes will be known with the answer.
    private void EndMoved(World world, int at, int index)
    {
        if (world.Nodes[at].Flight is { } flight && flight.Parts[index] is { } part && part.Ended < part.Moved)
        {
            var parts = flight.Parts.ToArray();
            parts[index] = part with { Ended = part.Ended + 1 };
            var ended = world.Clone();
            ended.Nodes[at] = ended.Nodes[at] with { Flight = flight with { Parts = parts } };
            next($"{at} ends a request whose permit is being moved", ended);
        }
    }
}
