using Gateway.Limits.Ledger;
using Gateway.Tests.Limits.Ledger.Model.Kinds;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Sending a renewal in every way there is, and ending it.</summary>
internal sealed class Renewals(Kind kind, Action<string, World> next, Action<string> broken)
{
    private const int NotInTheWrite = -1;

    private readonly Conduct _conduct = kind.Conduct;

    public void From(World world, int at)
    {
        if (world.Nodes[at].Flight is not null)
        {
            return;
        }

        foreach (var lower in _conduct.LowerSlots(world.Time, kind.Bounds))
        {
            var now = new TimeBounds(lower, world.Time + 1);
            for (var shard = 0; shard < world.Rows.Length; shard++)
            {
                if (world.Rows[shard] is { } row)
                {
                    foreach (var from in kind.Rows(world, row, now))
                    {
                        Renew(world, at, shard, from, now);
                    }
                }
            }

            foreach (var (move, rows) in kind.Transactions(world, now))
            {
                Send($"{at} {move}", world, at, world.Nodes[at] with { Flight = new(FlightStage.Sent, new Part?[world.Nodes[at].Leases.Length]) { Rows = rows } });
            }
        }
    }

    /// <summary>Ends the node's flight by this step of the real renewal.</summary>
    public Node Finish(Node node, FlightStage stage, Action<Renewal> end)
    {
        var flight = node.Flight!;
        var leases = node.Leases.Select(Leases.Make).ToArray();
        var settlements = new List<Settlement>();
        for (var index = 0; index < leases.Length; index++)
        {
            if (flight.Parts[index] is { } part)
            {
                settlements.Add(new(leases[index], part.Released, part.Records, part.Moved));
            }
        }

        var granted = flight.Terms is { } terms ? new Lease(terms, flight.Granted) : null;
        end(new(Rows.Row(0, 0), 1, settlements, granted));
        return kind.Answered(node, stage, leases, granted) with { Flight = null };
    }

    private void Renew(World world, int at, int shard, LedgerRow from, TimeBounds now)
    {
        foreach (var kept in Choices(from, world.Nodes[at].Leases, shard, now))
        {
            for (var wanted = 0; wanted <= kind.Bounds.L; wanted++)
            {
                Renew(world, at, shard, from, kept, wanted, now);
            }
        }
    }

    // For each lease: not in the write, or any number of tokens kept.
    private IEnumerable<int[]> Choices(LedgerRow row, Held[] held, int shard, TimeBounds now)
    {
        IEnumerable<int[]> choices = [[]];
        foreach (var lease in held)
        {
            int[] options = lease.Shard == shard && _conduct.CanSettle(row, Leases.Make(lease), now)
                ? [NotInTheWrite, .. Enumerable.Range(0, lease.Free + 1).Where(kept => kept < lease.Free || lease.Records.Count > 0 || lease.Step != SpendStep.None || lease.Running > 0)]
                : [NotInTheWrite];
            choices = choices.SelectMany(choice => options, (choice, option) => (int[])[.. choice, option]);
        }

        return choices;
    }

    private void Renew(World world, int at, int shard, LedgerRow from, int[] kept, int wanted, TimeBounds now)
    {
        var node = world.Nodes[at];
        var leases = node.Leases.Select(Leases.Make).ToArray();
        var inWrite = Enumerable.Range(0, leases.Length).Where(index => kept[index] != NotInTheWrite).ToArray();
        var draft = _conduct.Prepare(
            from,
            now,
            [.. inWrite.Select(index => new KeptLease(leases[index], kept[index], node.Leases[index].Running))],
            kind.Request(wanted, now),
            [.. inWrite.Select(index => node.Leases[index].Step != SpendStep.None)]);
        if (draft.Renewal is not { } renewal)
        {
            broken($"{at} finds a fault: {draft.Fault} {world}");
            return;
        }

        var written = RowBytes.Bare(renewal.Row);
        var changes = renewal.IsWorthWriting || (kind.Bounds.IsCoarse ? written.Shape != world.Rows[shard]!.Shape : !RowBytes.Same(written, world.Rows[shard]));
        if ((renewal.Granted?.Free ?? 0) != wanted || !changes || leases.Length + (renewal.Granted is null ? 0 : 1) > kind.Bounds.Leases)
        {
            return;
        }

        var parts = leases.Select(lease => renewal.Settlements.FirstOrDefault(settlement => settlement.Lease == lease) is { } part ? new Part((int)part.Released, part.Records, (int)part.Moved, 0) : null).ToArray();
        var rows = new LedgerRow?[world.Rows.Length];
        rows[shard] = written;
        Send($"{at} sends a renewal", world, at, node with
        {
            Leases = [.. leases.Select((lease, index) => Leases.Model(lease, node.Leases[index]) with { Running = node.Leases[index].Running - (parts[index]?.Moved ?? 0) })],
            Flight = new(FlightStage.Sent, parts) { Rows = rows, Granted = wanted, Terms = renewal.Granted?.Terms, Shard = shard },
        });
    }

    private void Send(string move, World world, int at, Node sending)
    {
        var sent = world.Clone();
        sent.Nodes[at] = sending;
        next(move, sent);
    }
}
