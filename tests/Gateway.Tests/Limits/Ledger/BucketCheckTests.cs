using Gateway.Tests.Limits.Ledger.Model;
using Gateway.Tests.Limits.Ledger.Model.Kinds;

namespace Gateway.Tests.Limits.Ledger;

/// <summary>
/// The promise of a bucket in every state that two instances can reach within small bounds, as <see cref="LedgerCheckTests"/> does it for
/// rolling windows. The numbers: tokens, earned with a slot, slots of a lease, slots that pass, leases at once, clock error, whether the
/// model is coarse; then states.
/// </summary>
public sealed class BucketCheckTests
{
    [Theory]
    [InlineData(1, 1, 2, 2, 1, true, false, 78_659)]
    [InlineData(1, 1, 1, 3, 1, false, false, 64_174)]
    [InlineData(1, 1, 1, 2, 2, false, true, 49_757)]
    [InlineData(2, 1, 1, 2, 1, true, true, 43_296)]
    [InlineData(2, 2, 2, 2, 1, false, true, 30_454)]
    [InlineData(2, 1, 2, 3, 1, false, true, 89_071)]
    public void NoInterval_HoldsMoreThanTheBucketAndWhatItEarned(int tokens, int earns, int lease, int time, int leases, bool clockError, bool isCoarse, int states) =>
        Check.Holds(Bucket(tokens, earns, lease, time, leases, clockError, isCoarse), states);

    [Theory]
    [InlineData(1, 1, 2, 3, 1, true, false, 285_825)]
    [InlineData(1, 1, 3, 4, 1, true, true, 27_409)]
    [InlineData(2, 1, 2, 3, 1, true, true, 218_614)]
    [InlineData(3, 1, 2, 3, 1, false, true, 700_437)]
    [InlineData(1, 1, 2, 3, 2, true, true, 415_201)]
    public void NoInterval_InALargerModel_HoldsMore(int tokens, int earns, int lease, int time, int leases, bool clockError, bool isCoarse, int states)
    {
        Check.OnlyWhenSoaking();
        Check.Holds(Bucket(tokens, earns, lease, time, leases, clockError, isCoarse), states);
    }

    [Fact]
    public void UnaccountedReturns_AreFound() => Break(new BucketMutants.UnaccountedReturns(), 8);

    [Fact]
    public void SlotOfASpentToken_SettledTooEarly_IsFound() => Break(new BucketMutants.SettlesASpentTokensSlotTooEarly(), 10);

    [Fact]
    public void EarningOnAFutureClock_IsFound() => Break(new Mutants.RecyclesOnAFutureClock(), 10);

    [Fact]
    public void SpendingAfterTheEnd_IsFound() => Break(new Mutants.SpendsAfterTheEnd(), 9);

    private static void Break(Conduct mutant, int steps) => Check.Breaks(new BucketKind(new(1, 0, 2, 3, 1, true) { IsCoarse = true }, 1, mutant), steps);

    private static BucketKind Bucket(int tokens, int earns, int lease, int time, int leases, bool clockError, bool isCoarse) =>
        new(new(tokens, 0, lease, time, leases, clockError) { IsCoarse = isCoarse }, earns, new Conduct());
}
