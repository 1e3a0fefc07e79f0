using Gateway.Tests.Limits.Ledger.Model;
using Gateway.Tests.Limits.Ledger.Model.Kinds;

namespace Gateway.Tests.Limits.Ledger;

/// <summary>
/// The promise of permits in flight in every state that two instances can reach within small bounds. The numbers: L, slots of a lease, slots
/// of grace, slots that pass, leases at once, clock error; then states.
/// </summary>
public sealed class PermitCheckTests
{
    [Theory]
    [InlineData(1, 1, 1, 3, 2, false, 26_831)]
    [InlineData(1, 1, 0, 2, 2, true, 46_610)]
    [InlineData(2, 1, 1, 2, 2, false, 148_018)]
    public void NeverMoreThanTheLimit_RunAtOnce(int limit, int lease, int grace, int time, int leases, bool clockError, int states) =>
        Check.Holds(Permit(limit, lease, grace, time, leases, clockError, new Conduct()), states);

    [Theory]
    [InlineData(1, 1, 1, 4, 2, true, 276_668)]
    [InlineData(1, 2, 1, 4, 3, false, 65_415)]
    [InlineData(2, 1, 0, 2, 2, true, 2_160_808)]
    [InlineData(2, 1, 1, 3, 2, false, 812_459)]
    public void NeverMoreThanTheLimit_InALargerModel_Run(int limit, int lease, int grace, int time, int leases, bool clockError, int states)
    {
        Check.OnlyWhenSoaking();
        Check.Holds(Permit(limit, lease, grace, time, leases, clockError, new Conduct()), states);
    }

    // The ledger's own alarm: its permit counts with the new label, so the old lease settles what it does not have.
    [Fact]
    public void ReturnToTheOldLeaseAfterAMove_IsFound() => Break(new PermitMutants.ReturnsToTheOldLeaseAfterAMove(), 10);

    [Fact]
    public void MoveAtAFailedWrite_IsFound() => Break(new PermitMutants.MovesAtAFailedWrite(), 11);

    [Fact]
    public void RequestThatOutlivesItsLabel_IsFound() => Break(new PermitMutants.OutlivesItsLabel(), 10);

    [Fact]
    public void ReleaseOfWhatIsInUse_IsFound() => Break(new PermitMutants.ReleasesWhatIsInUse(), 8);

    [Fact]
    public void Mutant_WhereNegativeCountsOnlyStopTheWrite_AdmitsTooMuch()
    {
        Assert.Contains("one too many", Break(new PermitMutants.MovesAtAFailedWrite(), 14, ignoreFaults: true), StringComparison.Ordinal);
        Assert.Contains("one too many", Break(new PermitMutants.ReleasesWhatIsInUse(), 8, ignoreFaults: true), StringComparison.Ordinal);
    }

    private static string Break(Conduct mutant, int steps, bool ignoreFaults = false) => Check.Breaks(Permit(1, 1, 1, 3, 2, false, mutant), steps, ignoreFaults);

    private static PermitKind Permit(int limit, int lease, int grace, int time, int leases, bool clockError, Conduct conduct) =>
        new(new(limit, 0, lease, time, leases, clockError), grace, conduct);
}
