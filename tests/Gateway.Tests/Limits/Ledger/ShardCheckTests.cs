using Gateway.Tests.Limits.Ledger.Model;
using Gateway.Tests.Limits.Ledger.Model.Kinds;

namespace Gateway.Tests.Limits.Ledger;

/// <summary>
/// The promise of a rolling window over both its shards, in every state that two instances can reach within small bounds. The numbers: L, S,
/// slots of a lease, slots that pass, leases at once, clock error; then states.
/// </summary>
public sealed class ShardCheckTests
{
    [Theory]
    [InlineData(1, 1, 1, 2, 1, false, 87_729)]
    [InlineData(1, 1, 1, 1, 1, true, 101_362)]
    public void NoInterval_HoldsMoreThanTheLimitInBothShards(int limit, int slots, int lease, int time, int leases, bool clockError, int states) =>
        Check.Holds(Shards(limit, slots, lease, time, leases, clockError, new Conduct()), states);

    [Theory]
    [InlineData(1, 1, 1, 2, 1, true, 403_792)]
    [InlineData(1, 1, 2, 3, 1, false, 281_847)]
    [InlineData(1, 1, 1, 3, 1, true, 1_275_490)]
    [InlineData(2, 1, 1, 2, 1, false, 1_811_353)]
    public void NoInterval_InALargerModel_HoldsMore(int limit, int slots, int lease, int time, int leases, bool clockError, int states)
    {
        Check.OnlyWhenSoaking();
        Check.Holds(Shards(limit, slots, lease, time, leases, clockError, new Conduct()), states);
    }

    [Fact]
    public void ShardsSizedFromConfiguration_AreFound() => Break(new ShardMutants.SizedFromConfiguration(), 10);

    [Fact]
    public void MoveOfGrantedTokens_IsFound() => Break(new ShardMutants.MovesGrantedTokens(), 13);

    [Fact]
    public void MoveByTheUpperBound_IsFound() => Break(new ShardMutants.MovesByTheUpperBound(), 14);

    private static void Break(Conduct mutant, int steps) => Check.Breaks(Shards(1, 1, 1, 3, 1, false, mutant), steps);

    private static ShardKind Shards(int limit, int slots, int lease, int time, int leases, bool clockError, Conduct conduct) =>
        new(new(limit, slots, lease, time, leases, clockError) { IsCoarse = true }, conduct);
}
