using Records;

namespace ControlPlane.Limits;

/// <summary>One row: all of a limit's key, or its part.</summary>
/// <param name="Shard">Its number; the first is 0.</param>
/// <param name="Limit">Tokens of this row; a bucket's capacity.</param>
/// <param name="Available">What a commit could grant now: an estimate. Below zero after the limit was lowered.</param>
/// <param name="Granted">Tokens that count now, by label.</param>
/// <param name="Base">When the slot of the last commit began, by storage's clock.</param>
/// <param name="Commits">Commits since the row was made.</param>
public sealed record ShardState(int Shard, long Limit, long Available, IReadOnlyList<GrantState> Granted, DateTimeOffset Base, long Commits)
{
    internal static ShardState Of(StoredShard stored, LedgerRow estimate) => new(
        stored.Number,
        estimate.Limit,
        estimate.Available(estimate.Base),
        [.. estimate.Granted.Select(granted => GrantState.Of(granted, estimate.Shape))],
        LedgerInstant.StartOf(stored.Row.Shape, stored.Row.Base),
        estimate.Commits);
}
