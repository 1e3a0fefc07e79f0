using Gateway.Limits.Ledger;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>All that may happen next in a world: each move is one step of one instance, of storage or of time, so a pause lies between every two.</summary>
internal sealed class Moves(Bounds bounds, Conduct conduct, int span, Action<string, World> next, Action<string> broken)
{
    private const int MostLateWrites = 2;

    private readonly Spends _spends = new(bounds, conduct, span, next, broken);
    private readonly Renewals _renewals = new(bounds, conduct, next, broken);

    public void From(World world)
    {
        Tick(world);
        for (var at = 0; at < world.Nodes.Length; at++)
        {
            Crash(world, at);
            _spends.From(world, at);
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
        if (world.Time <= bounds.T)
        {
            var later = world.Clone();
            later.Time++;
            later.Admitted.RemoveAll(entry => !conduct.ReadsFirst && entry.Label < later.Time - span);
            next("a slot passes", later);
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
            if (world.Time > node.Leases[index].Label && node.Leases[index].Step == SpendStep.None)
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
            Land(made, flight.Row!);
            made.Nodes[at] = made.Nodes[at] with { Flight = flight with { Stage = FlightStage.Made, Row = null } };
            next($"{at}'s write is made", made);
        }
        else
        {
            var answered = world.Clone();
            answered.Nodes[at] = _renewals.Finish(world, node, renewal => flight.Stage == FlightStage.Made ? renewal.Succeed() : Failed(renewal));
            next(flight.Stage == FlightStage.Made ? $"{at}'s write succeeded" : $"{at}'s write failed", answered);
        }

        var unanswered = world.Clone();
        LeaveBehind(unanswered, flight);
        unanswered.Nodes[at] = _renewals.Finish(world, node, renewal =>
        {
            conduct.Abandon(renewal);
            return null;
        });
        next($"{at} gives up on its write", unanswered);
    }

    private static Lease? Failed(Renewal renewal)
    {
        renewal.Fail();
        return null;
    }

    // With no room left the write is lost instead.
    private static void LeaveBehind(World world, Flight? flight)
    {
        if (flight is { Stage: FlightStage.Sent } && world.Late.Count < MostLateWrites && !world.Late.Exists(late => late.Same(flight.Row!)))
        {
            world.Late.Add(flight.Row!);
        }
    }

    // Every other write on its way names an ETag that is no more.
    private static void Land(World world, Row row)
    {
        world.Row = row;
        world.Late.Clear();
        for (var at = 0; at < world.Nodes.Length; at++)
        {
            if (world.Nodes[at].Flight is { Stage: FlightStage.Sent } flight)
            {
                world.Nodes[at] = world.Nodes[at] with { Flight = flight with { Stage = FlightStage.Stale, Row = null, Granted = 0, Label = 0 } };
            }
        }
    }
}
