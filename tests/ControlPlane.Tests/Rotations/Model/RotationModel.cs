using System.Globalization;
using ControlPlane.Rotations;

namespace ControlPlane.Tests.Rotations.Model;

/// <summary>What may happen next in a world, and what must never be.</summary>
internal sealed class RotationModel
{
    private readonly Bounds _bounds;
    private readonly Conduct _conduct;
    private readonly Bundles _bundles = new();
    private readonly Journals _journals;
    private readonly int[] _owners;
    private readonly PeerMoves _peers;

    public RotationModel(Bounds bounds, Conduct conduct)
    {
        (_bounds, _conduct) = (bounds, conduct);
        _journals = new(conduct);
        _owners = [.. bounds.Peers.Select(peer => Array.IndexOf(Bundles.Services, char.ToLowerInvariant(peer).ToString()))];
        _peers = new(conduct, _bundles, _owners);
    }

    public byte[] Start()
    {
        var world = new World
        {
            Bundles = [_bundles.First()],
            Newest = 1,
            Peers = [.. _bounds.Peers.Select(peer => char.IsUpper(peer) ? new Peer { Acts = 1, Row = 2, IsAnnounced = true } : default)],
            FailuresLeft = (byte)_bounds.Failures,
            LateLeft = (byte)_bounds.Late,
            ExpiriesLeft = (byte)_bounds.Expiries,
            DueLeft = (byte)_bounds.Due,
        };
        for (var service = 0; service < World.Services; service++)
        {
            world.Vault[service * World.Versions] = 1;
        }

        if (_bounds.Authority)
        {
            WorldSteps.Begin(world, _journals, 0);
        }

        return Key(world);
    }

    public bool IsAtRest(byte[] key) => Read(key).Runs.All(run => run.Journal == 0);

    /// <param name="key">The world.</param>
    /// <param name="next">Told of each move: its name, the world after it, and whether it is one that happens when nothing fails any more.</param>
    /// <param name="broken">Told of a promise that is broken.</param>
    public void From(byte[] key, Action<string, byte[], bool> next, Action<string> broken)
    {
        var world = Read(key);
        if (Invariant.Broken(world, _bundles, _owners) is { } fault)
        {
            broken(fault);
            return;
        }

        void Reach(string name, World to, bool isGood = true) => next(name, Key(to), isGood);
        for (var run = 0; run < world.Runs.Length; run++)
        {
            if (world.Runs[run].Journal != 0)
            {
                Advance(world, run, Reach, broken);
            }
            else if (run > 0 && world.DueLeft > 0)
            {
                var begun = world.Clone();
                begun.DueLeft--;
                WorldSteps.Begin(begun, _journals, run);
                Reach($"{Bundles.Services[run - 1]} is due", begun);
            }
        }

        LandLate(world, Reach, broken);
        _peers.From(world, Reach);
    }

    public string Describe(byte[] key)
    {
        var world = Read(key);
        var text = string.Join(" ", world.Bundles.Select(bundle => _bundles[bundle].ToString()));
        var runs = string.Join("; ", world.Runs.Where(run => run.Journal != 0).Select(run =>
            $"{Conduct.IdOf(_journals[run.Journal].Run, run.Number)} before {_journals[run.Journal]}{(run.Held != 0 ? $" (gave {_journals.Result(run.Held)})" : "")}"));
        var peers = string.Join("; ", world.Peers.Select((peer, index) => string.Create(CultureInfo.InvariantCulture, $"{Bundles.Services[_owners[index]]} {peer}")));
        return $"{text} | {runs}{(world.Late.Journal != 0 ? $"; late {_journals[world.Late.Journal]}" : "")} | {peers}";
    }

    private void Advance(World world, int run, Action<string, World, bool> reach, Action<string> broken)
    {
        var (journal, held) = (world.Runs[run].Journal, world.Runs[run].Held);
        var known = _journals[journal];
        var name = $"{Conduct.IdOf(run, known.Number)} {known}";
        if (held != 0)
        {
            Keep(world, run, held, $"{name} is kept", true, reach, broken);
            var crashed = world.Clone();
            crashed.Runs[run].Held = 0;
            reach($"{name} is lost", crashed, true);
        }
        else
        {
            Do(world, run, name, reach, broken);
        }

        // Whether it was done or not. A drain is a matter of time alone.
        if (world.FailuresLeft > 0 && known.Point.Next!.Name != "AwaitDrain")
        {
            var failed = world.Clone();
            failed.FailuresLeft--;
            Keep(failed, run, _journals.FailureOf("fails"), $"{name} fails", false, reach, broken);
        }

        if (world.LateLeft > 0 && held == 0 && !known.IsWaiting)
        {
            var overtaken = world.Clone();
            overtaken.LateLeft--;
            overtaken.Late = ((byte)run, journal);
            reach($"{name} is under way in a runner that is overtaken", overtaken, true);
        }
    }

    private void Do(World world, int run, string name, Action<string, World, bool> reach, Action<string> broken)
    {
        var known = _journals[world.Runs[run].Journal];
        var after = world.Clone();
        var (result, begun) = Carry(after, known, broken);
        if (result != 0 && known.IsWaiting)
        {
            // It changes nothing, so that a crash before it is kept is the same as its not being done.
            Keep(after, run, result, name, true, reach, broken);
        }
        else if (result != 0 || begun)
        {
            after.Runs[run].Held = result;
            reach($"{name} is done", after, true);
        }
    }

    private void LandLate(World world, Action<string, World, bool> reach, Action<string> broken)
    {
        if (world.Late.Journal != 0)
        {
            var after = world.Clone();
            after.Late = default;
            Carry(after, _journals[world.Late.Journal], broken);
            reach($"late {_journals[world.Late.Journal]}", after, true);
        }
    }

    // The result's number, or 0 where the step cannot be done yet.
    private (int Result, bool Begun) Carry(World world, Journals.Known known, Action<string> broken)
    {
        var steps = new WorldSteps(world, _bundles, _journals, _conduct, _owners) { After = known.Last };
        var done = known.Point.Next!.RunAsync(steps, CancellationToken.None);
        if (steps.Broken is { } fault)
        {
            broken(fault);
        }

        return done switch
        {
            { IsCompletedSuccessfully: true } => (_journals.ResultOf(done.Result), false),
            { IsFaulted: true, Exception.InnerException: StepFailedException failure } => (_journals.FailureOf(failure.Message), false),
            { IsFaulted: true } => throw done.Exception,
            _ => (0, steps.HasBegunARotation),
        };
    }

    private void Keep(World world, int run, int result, string name, bool isGood, Action<string, World, bool> reach, Action<string> broken)
    {
        var journal = _journals.After(world.Runs[run].Journal, result);
        if (_journals[journal].IsStuck)
        {
            // Not kept: the same step is tried again.
            if (isGood)
            {
                var again = world.Clone();
                again.Runs[run].Held = 0;
                reach(name, again, true);
            }

            return;
        }

        var after = world.Clone();
        (after.Runs[run].Journal, after.Runs[run].Held) = (journal, 0);
        if (_journals[journal].Point.Outcome is { } outcome)
        {
            after.Runs[run].Journal = 0;
            if (Invariant.BrokenEnd(after, _bundles[after.NewestBundle], run, outcome.End) is { } fault)
            {
                broken(fault);
            }
        }

        reach(name, after, isGood);
    }

    private World Read(byte[] key) => World.Read(key, _owners.Length);

    // Instances of one service are alike.
    private byte[] Key(World world)
    {
        world.Trim();
        for (var first = 0; first < _owners.Length;)
        {
            var end = first + 1;
            while (end < _owners.Length && _owners[end] == _owners[first])
            {
                end++;
            }

            world.Peers.AsSpan(first..end).Sort(static (left, right) => left.Packed.CompareTo(right.Packed));
            first = end;
        }

        return world.Write();
    }
}
