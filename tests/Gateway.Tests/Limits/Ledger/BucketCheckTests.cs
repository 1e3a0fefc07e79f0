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

    // The numbers: tokens, slots of a lease, ticks that pass, the tick of the change, clock error, then length and earnings of the slots of each rate.
    [Theory]
    [InlineData(1, 1, 5, 1, false, new[] { 2, 1, 1, 1 }, 160_992)]
    [InlineData(1, 1, 5, 1, false, new[] { 3, 1, 2, 1 }, 86_578)]
    [InlineData(1, 1, 5, 1, false, new[] { 2, 1, 3, 1 }, 98_324)]
    [InlineData(1, 1, 3, 1, true, new[] { 2, 1, 3, 1 }, 29_274)]
    [InlineData(2, 1, 4, 1, false, new[] { 2, 1, 2, 2 }, 202_563)]
    [InlineData(2, 1, 3, 2, false, new[] { 3, 1, 2, 1 }, 156_422)]
    [InlineData(3, 1, 2, 2, false, new[] { 2, 1, 1, 2 }, 421_888)]
    [InlineData(2, 1, 5, 6, false, new[] { 3, 1, 1, 1 }, 151_062)]
    [InlineData(1, 1, 4, 1, false, new[] { 2, 1, 3, 1, 2, 1 }, 257_362)]
    public void NoInterval_OverAChangeOfTheRate_HoldsMoreThanTheBucketAndWhatItEarned(int tokens, int lease, int time, int changesAt, bool clockError, int[] rates, int states) =>
        Check.Holds(Changing(tokens, lease, time, changesAt, clockError, rates, new Conduct()), states);

    [Fact]
    public void EarningForTheSlotOfAChangeTwice_IsFound() => BreakChange(new BucketMutants.EarnsForTheSlotOfTheChangeTwice(), 1, 5, 1, [3, 1, 2, 1], 19);

    [Fact]
    public void TakingBackOnlyWhatIsFree_IsFound() => BreakChange(new BucketMutants.TakesBackOnlyWhatIsFree(), 2, 5, 1, [3, 1, 2, 1], 18);

    [Fact]
    public void EarningAtTheNewRateSinceTheLastCommit_IsFound() => BreakChange(new BucketMutants.EarnsAtTheNewRateSinceTheLastCommit(), 2, 5, 6, [3, 1, 1, 1], 15);

    [Fact]
    public void NotWaitingForWhatIsOut_IsFound() => BreakChange(new BucketMutants.DoesNotWaitForWhatIsOut(), 3, 2, 1, [2, 1, 1, 2], 15);

    [Fact]
    public void UnaccountedReturns_AreFound() => Break(new BucketMutants.UnaccountedReturns(), 8);

    [Fact]
    public void SlotOfASpentToken_SettledTooEarly_IsFound() => Break(new BucketMutants.SettlesASpentTokensSlotTooEarly(), 10);

    [Fact]
    public void EarningOnAFutureClock_IsFound() => Break(new Mutants.RecyclesOnAFutureClock(), 10);

    [Fact]
    public void SpendingAfterTheEnd_IsFound() => Break(new Mutants.SpendsAfterTheEnd(), 9);

    private static void Break(Conduct mutant, int steps) => Check.Breaks(new BucketKind(new(1, 0, 2, 3, 1, true) { IsCoarse = true }, 1, mutant), steps);

    private static void BreakChange(Conduct mutant, int tokens, int time, int changesAt, int[] rates, int steps) =>
        Check.Breaks(Changing(tokens, 1, time, changesAt, false, rates, mutant), steps);

    private static RateKind Changing(int tokens, int lease, int time, int changesAt, bool clockError, int[] rates, Conduct conduct) => new(
        new(tokens, 0, lease, time, 1, clockError) { IsCoarse = true },
        [.. rates.Chunk(2).Select(rate => (rate[0], rate[1]))],
        changesAt,
        conduct);

    private static BucketKind Bucket(int tokens, int earns, int lease, int time, int leases, bool clockError, bool isCoarse) =>
        new(new(tokens, 0, lease, time, leases, clockError) { IsCoarse = isCoarse }, earns, new Conduct());
}
