using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>Shards done wrong.</summary>
internal static class ShardMutants
{
    internal sealed class SizedFromConfiguration : Conduct
    {
        public override IReadOnlyList<LedgerRow> Split(LedgerRow first, int shards) => [.. base.Split(first, shards).Select(row => row with { Limit = first.Limit })];
    }

    internal sealed class MovesGrantedTokens : Conduct
    {
        public override (LedgerRow From, LedgerRow To)? Move(LedgerRow giver, LedgerRow taker, TimeBounds now, long wanted) =>
            base.Move(giver with { Granted = [] }, taker, now, wanted) is { } moved ? (moved.From with { Granted = giver.Granted }, moved.To) : null;
    }

    internal sealed class MovesByTheUpperBound : Conduct
    {
        public override (LedgerRow From, LedgerRow To)? Move(LedgerRow giver, LedgerRow taker, TimeBounds now, long wanted) =>
            base.Move(giver, taker, now with { Lower = now.Upper }, wanted);
    }
}
