using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model.Shares;

/// <summary>One share, its holder and whoever wants to be the next: no window holds more admissions than the share has tokens.</summary>
internal sealed class ShareModel(Bounds bounds, ShareConduct conduct) : IModel
{
    // Later than every time of a model: replays of earlier spends.
    private const long Later = 200;

    private readonly LedgerShape _shape = new(1, bounds.S, 0);

    // So late that the first holder may spend at once.
    public byte[] Start => new ShareWorld((byte)bounds.S, default, [Member.Idle, Member.Idle], null, []).ToKey();

    public string Describe(byte[] key) => ShareWorld.FromKey(key).ToString();

    public void From(byte[] key, Action<string, byte[]> next, Action<string> broken)
    {
        var world = ShareWorld.FromKey(key);
        void Next(string move, ShareWorld found) => next(move, found.ToKey());

        if (world.Time < bounds.S + bounds.T)
        {
            var time = (byte)(world.Time + 1);
            Next("a tick passes", world with { Time = time, Admitted = [.. world.Admitted.Where(tick => tick >= time - bounds.S)] });
        }

        if (world.Late is { } late)
        {
            Next("a late write lands", world.Land(late));
        }

        for (byte at = 0; at < world.Members.Length; at++)
        {
            Spend(world, at, Next, broken);
            Ask(world, at, Next);
            Answer(world, at, Next);
            if (world.Members[at] != Member.Idle)
            {
                Next($"{at} crashes", world.LeaveBehind(world.Members[at]).With(at, Member.Idle));
            }
        }
    }

    private IEnumerable<TimeBounds> Readings(int time) => bounds.ClockError
        ? [new(time, time), new(time - 1, time), new(time, time + 1), new(time - 1, time + 1)]
        : [new(time, time)];

    private void Spend(ShareWorld world, int at, Action<string, ShareWorld> next, Action<string> broken)
    {
        var member = world.Members[at];
        if (member.Held is not { } held)
        {
            return;
        }

        foreach (var now in Readings(world.Time).Select(conduct.Reading))
        {
            var share = new StandingShare(_shape, bounds.L, held.UsableFrom, held.End);
            Assert.All(member.Spent, slot => Assert.True(share.TrySpend(new(Later, slot))));
            if (!share.TrySpend(now))
            {
                continue;
            }

            var slot = Math.Max((byte)now.Upper, member.Spent.LastOrDefault());
            var spent = world.With(at, member with { Spent = [.. member.Spent.TakeLast(bounds.L - 1), slot] }) with { Admitted = [.. world.Admitted, world.Time] };
            if (spent.Admitted.Count(tick => tick >= world.Time - bounds.S) > bounds.L)
            {
                broken($"{at} spends one too many: {spent}");
                return;
            }

            next($"{at} spends", spent);
        }
    }

    private void Ask(ShareWorld world, byte at, Action<string, ShareWorld> next)
    {
        var member = world.Members[at];
        foreach (var now in Readings(world.Time).DistinctBy(now => now.Lower))
        {
            var end = (byte)(now.Lower + bounds.H);
            if (member.Stage != FlightStage.None)
            {
                return;
            }

            if (member.Held is { } held)
            {
                var extended = world.Row with { End = Math.Max(end, world.Row.End) };
                if (world.Row.Owner == at + 1 && extended.End > held.End)
                {
                    var waiting = member with { Stage = FlightStage.Sent, Asked = extended, Held = conduct.WaitsForItsRenewal ? held : held with { End = extended.End } };
                    next($"{at} asks to stay", world.With(at, waiting));
                }
            }
            else if (now.Lower >= world.Row.End)
            {
                var usableFrom = (byte)conduct.UsableFrom(_shape, world.Row.End);
                next($"{at} asks to take over", world.With(at, member with { Stage = FlightStage.Sent, Asked = new((byte)(at + 1), end, usableFrom) }));
            }
        }
    }

    private static void Answer(ShareWorld world, int at, Action<string, ShareWorld> next)
    {
        var member = world.Members[at];
        switch (member.Stage)
        {
            case FlightStage.Sent:
                next($"{at}'s write is made", world.Land(member.Asked).With(at, member with { Stage = FlightStage.Made }));
                break;
            case FlightStage.Made:
                next($"{at}'s write succeeded", world.With(at, member.Answered with { Held = member.Asked }));
                break;
            case FlightStage.Stale:
                next($"{at}'s write failed", world.With(at, member.Answered));
                break;
            case FlightStage.None:
            default:
                // Whoever sees that its membership is another's is no member any more.
                if (member.Held is not null && world.Row.Owner != at + 1)
                {
                    next($"{at} leaves", world.With(at, Member.Idle));
                }

                return;
        }

        next($"{at} gives up on its write", world.LeaveBehind(member).With(at, member.Answered));
    }
}
