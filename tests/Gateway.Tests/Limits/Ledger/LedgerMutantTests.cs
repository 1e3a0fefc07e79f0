using Gateway.Tests.Limits.Ledger.Model;
using Gateway.Tests.Limits.Ledger.Model.Kinds;

namespace Gateway.Tests.Limits.Ledger;

/// <summary>
/// That the check can fail: each known way of doing it wrong is found, by a counterexample of known length (the search is nearest first, so
/// it is a shortest one). A negative count counts as found: the ledger notices it and stops granting.
/// The numbers: L, S, slots of a lease, slots that pass, leases at once, clock error; then steps.
/// </summary>
public sealed class LedgerMutantTests
{
    private static readonly Dictionary<string, Conduct> _mutants = typeof(Mutants).GetNestedTypes(System.Reflection.BindingFlags.NonPublic)
        .Where(type => type.IsSubclassOf(typeof(Conduct)))
        .ToDictionary(type => type.Name, type => (Conduct)Activator.CreateInstance(type)!);

    public static TheoryData<string, int[], bool, int> Table => new()
    {
        { nameof(Mutants.SlotLengthRoundedDown), [1, 2, 1, 4, 1], false, 13 },
        { nameof(Mutants.RingByCommittersOwnSlot), [1, 1, 2, 3, 1], true, 8 },
        { nameof(Mutants.SlotRecordedAtTheDecrement), [1, 1, 2, 3, 1], false, 15 },
        { nameof(Mutants.ClockReadBeforeTheDecrement), [1, 1, 1, 3, 1], false, 12 },
        { nameof(Mutants.UncheckedTokenSettledAsUnspent), [1, 1, 2, 3, 1], false, 8 },
        { nameof(Mutants.ReleasesWhatIsBeingSpent), [1, 1, 2, 3, 1], false, 7 },
        { nameof(Mutants.RestoresAfterAnAmbiguousWrite), [1, 1, 1, 3, 1], false, 13 },
        { nameof(Mutants.SettlesAgainAfterAnAmbiguousWrite), [1, 1, 2, 3, 1], false, 10 },
        { nameof(Mutants.RefundsIntoAnotherLease), [2, 1, 1, 2, 2], false, 10 },
        { nameof(Mutants.SpendsAfterTheEnd), [1, 1, 1, 3, 1], false, 12 },
        { nameof(Mutants.RecyclesOnAFutureClock), [1, 1, 1, 3, 1], false, 12 },
        { nameof(Mutants.UpperBoundFromAReadsETag), [1, 1, 1, 3, 1], false, 12 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Mutant_IsFound(string mutant, int[] bounds, bool clockError, int steps) =>
        Find(mutant, bounds, clockError, steps, ignoreFaults: false);

    // Where the ledger's own alarm comes first: without it the promise would be broken.
    [Theory]
    [InlineData(nameof(Mutants.UncheckedTokenSettledAsUnspent), new[] { 1, 1, 2, 3, 1 }, 12)]
    [InlineData(nameof(Mutants.ReleasesWhatIsBeingSpent), new[] { 1, 1, 2, 3, 1 }, 12)]
    [InlineData(nameof(Mutants.RefundsIntoAnotherLease), new[] { 1, 1, 2, 3, 2 }, 16)]
    public void Mutant_WhereNegativeCountsOnlyStopTheWrite_AdmitsTooMuch(string mutant, int[] bounds, int steps) =>
        Assert.Contains("one too many", Find(mutant, bounds, clockError: false, steps, ignoreFaults: true), StringComparison.Ordinal);

    [Fact]
    public void EveryMutant_IsInTheTable() => Assert.Equal(_mutants.Keys.Order(), Table.Select(row => row.Data.Item1).Order());

    private static string Find(string mutant, int[] bounds, bool clockError, int steps, bool ignoreFaults) =>
        Check.Breaks(new WindowKind(new(bounds[0], bounds[1], bounds[2], bounds[3], bounds[4], clockError), _mutants[mutant]), steps, ignoreFaults);
}
