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
        _peers = new(bounds, conduct, _bundles, _owners);
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
    public void From(byte[] key, Action<Move, byte[], bool> next, Action<string> broken)
    {
        var world = Read(key);
        if (Invariant.Broken(world, _bundles, _owners) is { } fault)
        {
            broken(fault);
            return;
        }

        void Reach(Move move, World to, bool isGood = true) => next(move, Key(to), isGood);
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
                Reach(new(Bundles.Services[run - 1], "is due"), begun);
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
            $"before {_journals[run.Journal]}"));
        var peers = string.Join("; ", world.Peers.Select((peer, index) => string.Create(CultureInfo.InvariantCulture, $"{Bundles.Services[_owners[index]]} {peer}")));
        return $"{text} | {runs}{(world.Late != 0 ? $"; late {_journals[world.Late]}" : "")} | {peers}";
    }

    private void Advance(World world, int run, Action<Move, World, bool> reach, Action<string> broken)
    {
        var journal = world.Runs[run].Journal;
        var known = _journals[journal];
        var after = world.Clone();
        var (result, hasBegun) = Carry(after, journal, broken);
        if (result != 0)
        {
            // Between effect and keeping it nothing can tell that it is not kept yet: the two are one move, or the second never comes.
            Keep(after, run, result, new(known, "is done"), true, reach, broken);
        }

        if ((result != 0 && !known.IsWaiting) || hasBegun)
        {
            reach(new(known, "is done and lost"), after, true);
        }

        // Whether it was done before or not. A drain of the authority's is a matter of time alone; a leaf's fails where the new one is revoked.
        if (world.FailuresLeft > 0 && (run > 0 || known.Point.Next!.Name != "AwaitDrain"))
        {
            var failed = world.Clone();
            failed.FailuresLeft--;
            Keep(failed, run, _journals.FailureOf("fails"), new(known, "fails"), false, reach, broken);
        }
    }

    private void Keep(World world, int run, int result, Move move, bool isGood, Action<Move, World, bool> reach, Action<string> broken)
    {
        var before = world.Runs[run].Journal;
        var journal = _journals.After(before, result);
        if (_journals[journal].IsStuck)
        {
            // Not kept: the same step is tried again.
            return;
        }

        var after = world.Clone();
        after.Runs[run].Journal = journal;
        if (_journals[journal].Point.Outcome is { } outcome)
        {
            after.Runs[run].Journal = 0;
            if (Invariant.BrokenEnd(after, _bundles[after.NewestBundle], run, outcome.End) is { } fault)
            {
                broken(fault);
            }
        }

        reach(move, after, isGood);
        if (after.LateLeft > 0 && !_journals[before].IsWaiting)
        {
            // Its effect comes again, or for the first time, whenever it likes.
            var overtaken = after.Clone();
            overtaken.LateLeft--;
            overtaken.Late = before;
            reach(move with { What = $"{move.What}, and under way in a runner that is overtaken" }, overtaken, isGood);
        }
    }

    private void LandLate(World world, Action<Move, World, bool> reach, Action<string> broken)
    {
        if (world.Late != 0)
        {
            var after = world.Clone();
            after.Late = 0;
            Carry(after, world.Late, broken);
            reach(new(_journals[world.Late], "is done late"), after, true);
        }
    }

    // The result's number, or 0 where the step cannot be done yet.
    private (int Result, bool HasBegun) Carry(World world, int journal, Action<string> broken)
    {
        var steps = new WorldSteps(world, journal, _bundles, _journals, _conduct, _owners);
        var done = _journals[journal].Point.Next!.RunAsync(steps, CancellationToken.None);
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
