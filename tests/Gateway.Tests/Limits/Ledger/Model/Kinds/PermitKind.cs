using Gateway.Limits.Ledger;

namespace Gateway.Tests.Limits.Ledger.Model.Kinds;

/// <summary>Permits of requests in flight: never run more than L at once.</summary>
internal sealed class PermitKind(Bounds bounds, int grace, Conduct conduct) : Kind(bounds, conduct)
{
    protected override World First => With(Row(new(1, 0, 0), 0));

    public override LedgerRequest Request(int wanted, TimeBounds now) => base.Request(wanted, now) with { GraceSlots = grace };

    public override Action<World, int> Uses(Action<string, World> next, Action<string> broken) => new Requests(this, next, broken).From;

    public override bool Admit(World world, int tick) => world.Nodes.Sum(Running) <= Bounds.L;

    // A request ends with its label; while a write moves its permit, still with the old one.
    public override void Pass(World world)
    {
        for (var at = 0; at < world.Nodes.Length && Conduct.Cancels; at++)
        {
            var node = world.Nodes[at];
            bool[] passed = [.. node.Leases.Select(held => held.Terms.Shape.EndOf(held.Terms.Label) <= world.Time)];
            world.Nodes[at] = node with
            {
                Leases = [.. node.Leases.Select((held, index) => passed[index] ? held with { Free = held.Free + held.Running, Running = 0 } : held)],
                Flight = node.Flight is { } flight
                    ? flight with { Parts = [.. flight.Parts.Select((part, index) => passed[index] && part is not null ? part with { Ended = part.Moved } : part)] }
                    : null,
            };
        }
    }

    // The rule: a permit goes to the new lease when its move was made, stays when it was not, and is lost when nobody knows and nobody needs it.
    public override Node Answered(Node node, FlightStage stage, Lease[] leases, Lease? granted)
    {
        var (held, moved, moves) = (new List<Held>(), 0, granted is not null && stage != FlightStage.None);
        for (var index = 0; index < leases.Length; index++)
        {
            var (before, part) = (node.Leases[index], node.Flight!.Parts[index]);
            var (ended, runs) = (part?.Ended ?? 0, part is null ? 0 : part.Moved - part.Ended);
            for (; ended > 0 && stage != FlightStage.None; ended--)
            {
                (moves ? Conduct.ReturnsTo(leases[index], granted!) : leases[index]).Return();
            }

            moved += moves ? runs : 0;
            held.Add(Leases.Model(leases[index], before) with { Running = before.Running + (moves ? 0 : runs) });
        }

        if (moves)
        {
            held.Add(new(granted!.Terms, node.Flight!.Shard, (int)granted.Free) { Running = moved });
        }

        return node with { Leases = [.. held.Where(lease => lease.Free + lease.Running > 0)] };
    }

    private static int Running(Node node) =>
        node.Leases.Sum(held => held.Running) + (node.Flight?.Parts.Sum(part => part is null ? 0 : part.Moved - part.Ended) ?? 0);
}
