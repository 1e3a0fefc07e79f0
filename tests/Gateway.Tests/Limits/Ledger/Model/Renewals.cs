using Gateway.Limits.Ledger;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Sending a renewal in every way there is, and ending it.</summary>
internal sealed class Renewals(Bounds bounds, Conduct conduct, Action<string, World> next, Action<string> broken)
{
    private const int NotInTheWrite = -1;

    public void From(World world, int at)
    {
        if (world.Nodes[at].Flight is not null)
        {
            return;
        }

        foreach (var lower in conduct.LowerSlots(world.Time, bounds))
        {
            var now = new TimeBounds(lower, world.Time + 1);
            foreach (var kept in Choices(world, world.Nodes[at].Leases, now))
            {
                for (var wanted = 0; wanted <= bounds.L; wanted++)
                {
                    Send(world, at, kept, wanted, now);
                }
            }
        }
    }

    /// <summary>Ends the node's flight by this step of the real renewal.</summary>
    public Node Finish(World world, Node node, Func<Renewal, Lease?> end)
    {
        var flight = node.Flight!;
        var leases = node.Leases.Select(held => Leases.Make(held, bounds)).ToArray();
        var settlements = new List<Settlement>();
        for (var index = 0; index < leases.Length; index++)
        {
            if (flight.Parts[index] is { } part)
            {
                settlements.Add(new(leases[index], part.Released, part.Records));
            }
        }

        var granted = flight.Granted > 0 ? Leases.New(flight.Granted, flight.Label, bounds) : null;
        var added = end(new(Leases.Make(world.Row, bounds), 1, settlements, granted));
        List<Held> held = [.. leases.Select((lease, index) => Leases.Model(lease, node.Leases[index]))];
        if (added is not null)
        {
            held.Add(new((int)added.Terms.Label, (int)added.Free, SpendStep.None, 0, added.Records, added.IsSealed));
        }

        return node with { Leases = [.. held], Flight = null };
    }

    // For each lease: not in the write, or any number of tokens kept.
    private IEnumerable<int[]> Choices(World world, Held[] held, TimeBounds now)
    {
        var row = Leases.Make(world.Row, bounds);
        IEnumerable<int[]> choices = [[]];
        foreach (var lease in held)
        {
            int[] options = conduct.CanSettle(row, Leases.Make(lease, bounds), now)
                ? [NotInTheWrite, .. Enumerable.Range(0, lease.Free + 1).Where(kept => kept < lease.Free || lease.Records.Count > 0 || lease.Step != SpendStep.None)]
                : [NotInTheWrite];
            choices = choices.SelectMany(choice => options, (choice, option) => (int[])[.. choice, option]);
        }

        return choices;
    }

    private void Send(World world, int at, int[] kept, int wanted, TimeBounds now)
    {
        var node = world.Nodes[at];
        var leases = node.Leases.Select(held => Leases.Make(held, bounds)).ToArray();
        var inWrite = Enumerable.Range(0, leases.Length).Where(index => kept[index] != NotInTheWrite).ToArray();
        var draft = conduct.Prepare(
            Leases.Make(world.Row, bounds),
            now,
            [.. inWrite.Select(index => new KeptLease(leases[index], kept[index]))],
            new(wanted, bounds.H, 1),
            [.. inWrite.Select(index => node.Leases[index].Step != SpendStep.None)]);
        if (draft.Renewal is not { } renewal)
        {
            broken($"{at} finds a fault: {draft.Fault} {world}");
            return;
        }

        var granted = (int)(renewal.Granted?.Free ?? 0);
        var written = new Row(renewal.Row.Base, renewal.Row.Granted);
        var changes = renewal.IsWorthWriting || !written.Same(world.Row);
        if (granted != wanted || !changes || leases.Length + (granted > 0 ? 1 : 0) > bounds.Leases)
        {
            return;
        }

        var sent = world.Clone();
        sent.Nodes[at] = node with
        {
            Leases = [.. leases.Select((lease, index) => Leases.Model(lease, node.Leases[index]))],
            Flight = new(
                FlightStage.Sent,
                written,
                granted,
                (int)(renewal.Granted?.Terms.Label ?? 0),
                [.. leases.Select(lease => renewal.Settlements.FirstOrDefault(settlement => settlement.Lease == lease) is { } part ? new Part((int)part.Released, part.Records) : null)]),
        };
        next($"{at} sends a renewal", sent);
    }
}
