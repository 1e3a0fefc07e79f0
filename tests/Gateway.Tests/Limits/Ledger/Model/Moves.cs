using Gateway.Tests.Limits.Ledger.Model.Kinds;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>All that may happen next in a world: each move is one step of one instance, of storage or of time, so a pause lies between every two.</summary>
internal sealed class Moves(Kind kind, Action<string, World> next, Action<string> broken)
{
    private readonly Action<World, int> _uses = kind.Uses(next, broken);
    private readonly Renewals _renewals = new(kind, next, broken);

    public void From(World world)
    {
        Tick(world);
        for (var at = 0; at < world.Nodes.Length; at++)
        {
            Crash(world, at);
            _uses(world, at);
            Forget(world, at);
            _renewals.From(world, at);
            Answer(world, at);
        }

        foreach (var late in world.Late)
        {
            var landed = world.Clone();
            Land(landed, late);
            next("a late write lands", landed);
        }
    }

    private void Tick(World world)
    {
        if (world.Time <= kind.Bounds.T)
        {
            var later = world.Clone();
            later.Time++;
            kind.Pass(later);
            next("a tick passes", later);
        }
    }

    private void Crash(World world, int at)
    {
        if (!world.Nodes[at].IsIdle)
        {
            var crashed = world.Clone();
            LeaveBehind(crashed, world.Nodes[at].Flight);
            crashed.Nodes[at] = new();
            next($"{at} crashes", crashed);
        }
    }

    // Only what nobody spends or waits for any more.
    private void Forget(World world, int at)
    {
        var node = world.Nodes[at];
        for (var index = 0; index < node.Leases.Length && node.Flight is null; index++)
        {
            var terms = node.Leases[index].Terms;
            if (world.Time >= terms.Shape.EndOf(terms.Label) && node.Leases[index].Step == SpendStep.None)
            {
                var less = world.Clone();
                less.Nodes[at] = node with { Leases = [.. node.Leases[..index], .. node.Leases[(index + 1)..]] };
                next($"{at} forgets a lease", less);
            }
        }
    }

    private void Answer(World world, int at)
    {
        var node = world.Nodes[at];
        if (node.Flight is not { } flight)
        {
            return;
        }

        if (flight.Stage == FlightStage.Sent)
        {
            var made = world.Clone();
            Land(made, flight.Rows);
            made.Nodes[at] = made.Nodes[at] with { Flight = flight with { Stage = FlightStage.Made, Rows = [] } };
            next($"{at}'s write is made", made);
        }
        else
        {
            var answered = world.Clone();
            answered.Nodes[at] = _renewals.Finish(node, flight.Stage, flight.Stage == FlightStage.Made ? static renewal => renewal.Succeed() : static renewal => renewal.Fail());
            next(flight.Stage == FlightStage.Made ? $"{at}'s write succeeded" : $"{at}'s write failed", answered);
        }

        var unanswered = world.Clone();
        LeaveBehind(unanswered, flight);
        unanswered.Nodes[at] = _renewals.Finish(node, FlightStage.None, kind.Conduct.Abandon);
        next($"{at} gives up on its write", unanswered);
    }

    // With no room left the write is lost instead.
    private void LeaveBehind(World world, Flight? flight)
    {
        if (flight is { Stage: FlightStage.Sent } && world.Late.Count < (kind.Bounds.IsCoarse ? 1 : 2) && !world.Late.Exists(late => late.Zip(flight.Rows, RowBytes.Same).All(same => same)))
        {
            world.Late.Add(flight.Rows);
        }
    }

    // Every other write on its way to one of these rows names an ETag that is no more.
    private void Land(World world, LedgerRow?[] rows)
    {
        bool Touches(LedgerRow?[] others) => others.Zip(rows, (other, row) => other is not null && row is not null).Any(both => both);

        for (var shard = 0; shard < rows.Length; shard++)
        {
            world.Rows[shard] = rows[shard] ?? world.Rows[shard];
        }

        world.Late.RemoveAll(Touches);
        for (var at = 0; at < world.Nodes.Length; at++)
        {
            if (world.Nodes[at].Flight is { Stage: FlightStage.Sent } flight && Touches(flight.Rows))
            {
                world.Nodes[at] = world.Nodes[at] with { Flight = new(FlightStage.Stale, flight.Parts) { Terms = kind.Conduct.TermsOfAFailedWrite(flight.Terms) } };
            }
        }

        kind.Landed(world);
    }
}
