using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model.Kinds;

/// <summary>A rolling window whose row is split in two: the promise is about both together. An instance may hold leases of either.</summary>
internal sealed class ShardKind(Bounds bounds, Conduct conduct) : WindowKind(bounds, conduct)
{
    protected override World First => With(Row(new(1, Bounds.S, 0), 0), null);

    public override IEnumerable<(string Move, LedgerRow?[] Rows)> Transactions(World world, TimeBounds now)
    {
        var first = world.Rows[0]!;
        if (world.Rows[1] is not { } second)
        {
            yield return ("splits the row", [.. Conduct.Split(first, 2).Select(RowBytes.Bare)]);
            yield break;
        }

        for (var wanted = 1; wanted <= Bounds.L; wanted++)
        {
            if (Conduct.Move(first, second, now, wanted) is { } there && there.From.Limit == first.Limit - wanted)
            {
                yield return ("moves tokens there", [RowBytes.Bare(there.From), RowBytes.Bare(there.To)]);
            }

            if (Conduct.Move(second, first, now, wanted) is { } back && back.From.Limit == second.Limit - wanted)
            {
                yield return ("moves tokens back", [RowBytes.Bare(back.To), RowBytes.Bare(back.From)]);
            }
        }
    }
}
