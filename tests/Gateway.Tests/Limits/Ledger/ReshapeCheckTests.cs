using Gateway.Tests.Limits.Ledger.Model;
using Gateway.Tests.Limits.Ledger.Model.Kinds;
using Records;

namespace Gateway.Tests.Limits.Ledger;

/// <summary>
/// The promise of a rolling window while its shape changes, in every state that two instances can reach within small bounds. The numbers: L,
/// slots of a lease, ticks that pass, leases at once, clock error, then length and number of the slots of each shape; then states.
/// </summary>
public sealed class ReshapeCheckTests
{
    [Theory]
    [InlineData(1, 1, 5, 1, false, new[] { 2, 1, 3, 1 }, 126_682)]
    [InlineData(1, 1, 5, 1, false, new[] { 3, 1, 2, 1 }, 107_432)]
    [InlineData(1, 1, 3, 1, true, new[] { 2, 1, 1, 1 }, 94_951)]
    [InlineData(1, 1, 3, 1, false, new[] { 2, 1, 3, 1, 2, 1 }, 193_009)]
    public void NoInterval_HoldsMoreThanTheLimit(int limit, int lease, int time, int leases, bool clockError, int[] shapes, int states) =>
        Check.Holds(Changing(limit, lease, time, leases, clockError, shapes, new Conduct()), states);

    [Theory]
    [InlineData(1, 1, 4, 1, true, new[] { 2, 1, 1, 2 }, 176_185)]
    [InlineData(1, 1, 5, 1, false, new[] { 2, 1, 3, 1, 2, 1 }, 817_949)]
    [InlineData(2, 1, 3, 1, false, new[] { 2, 1, 3, 1 }, 387_888)]
    [InlineData(1, 2, 6, 1, false, new[] { 1, 2, 3, 1 }, 410_645)]
    public void NoInterval_InALargerModel_HoldsMore(int limit, int lease, int time, int leases, bool clockError, int[] shapes, int states)
    {
        Check.OnlyWhenSoaking();
        Check.Holds(Changing(limit, lease, time, leases, clockError, shapes, new Conduct()), states);
    }

    // A lease from before the change there is settled after the change back. The ledger's own alarm stops the limit.
    [Fact]
    public void ChangeThereAndBack_InOneEpoch_IsFound() => Break(new ReshapeMutants.StaysInItsEpoch(), 1, [2, 1, 3, 1, 2, 1], 6);

    // The ledger's own alarm: a base that lies ahead of everybody's time.
    [Fact]
    public void BaseFromTheSlotsEnd_IsFound() => Break(new ReshapeMutants.BaseFromTheSlotsEnd(), 1, [3, 1, 1, 1], 1);

    [Fact]
    public void LabelFromTheSlotsStart_IsFound() => Break(new ReshapeMutants.LabelFromTheSlotsStart(), 1, [3, 1, 1, 1], 9);

    [Fact]
    public void ForgettingWhatIsGranted_IsFound() => Break(new ReshapeMutants.ForgetsWhatIsGranted(), 1, [2, 1, 3, 1], 8);

    private static void Break(Conduct mutant, int limit, int[] shapes, int steps) => Check.Breaks(Changing(limit, 1, 5, 1, false, shapes, mutant), steps);

    private static ReshapeKind Changing(int limit, int lease, int time, int leases, bool clockError, int[] shapes, Conduct conduct) =>
        new(new(limit, 0, lease, time, leases, clockError) { IsCoarse = true }, [.. shapes.Chunk(2).Select(shape => new LedgerShape(shape[0], shape[1], 0))], conduct);
}
