using Gateway.Tests.Limits.Ledger.Model;
using Gateway.Tests.Limits.Ledger.Model.Kinds;

namespace Gateway.Tests.Limits.Ledger;

/// <summary>
/// The promise of calendar periods in every state that two instances can reach within small bounds. The numbers: L, ticks of a lease, ticks
/// that pass, leases at once, clock error, lengths of the periods in the calendars that instances read; then states.
/// </summary>
public sealed class PeriodCheckTests
{
    [Theory]
    [InlineData(1, 1, 4, 1, true, new[] { 2 }, 8_407)]
    [InlineData(1, 2, 5, 1, true, new[] { 3, 2 }, 89_918)]
    [InlineData(2, 2, 3, 1, false, new[] { 2 }, 34_948)]
    [InlineData(1, 2, 3, 2, true, new[] { 2 }, 85_217)]
    public void NoPeriod_HoldsMoreThanTheLimit(int limit, int lease, int time, int leases, bool clockError, int[] lengths, int states) =>
        Check.Holds(Period(limit, lease, time, leases, clockError, lengths, new Conduct()), states);

    [Theory]
    [InlineData(1, 3, 6, 1, true, new[] { 3, 2, 4 }, 206_795)]
    [InlineData(2, 2, 4, 1, true, new[] { 2, 3 }, 727_693)]
    [InlineData(2, 2, 3, 2, true, new[] { 2 }, 2_805_810)]
    public void NoPeriod_InALargerModel_HoldsMore(int limit, int lease, int time, int leases, bool clockError, int[] lengths, int states)
    {
        Check.OnlyWhenSoaking();
        Check.Holds(Period(limit, lease, time, leases, clockError, lengths, new Conduct()), states);
    }

    [Fact]
    public void TurningOnTheUpperBound_IsFound() => Check.Breaks(Period(1, 1, 3, 1, false, [2], new PeriodMutants.TurnsOnTheUpperBound()), 10);

    [Fact]
    public void ObeyingOnesOwnCalendar_IsFound() => Check.Breaks(Period(1, 1, 3, 1, false, [3, 2], new PeriodMutants.ObeysItsOwnCalendar()), 6);

    [Fact]
    public void ObeyingOnesOwnCalendar_WhereNegativeCountsOnlyStopTheWrite_AdmitsTooMuch() => Assert.Contains(
        "one too many",
        Check.Breaks(Period(1, 1, 3, 1, false, [3, 2], new PeriodMutants.ObeysItsOwnCalendar()), 8, ignoreFaults: true),
        StringComparison.Ordinal);

    [Fact]
    public void SpendingAfterTheEnd_IsFound() => Check.Breaks(Period(1, 1, 3, 1, false, [2], new Mutants.SpendsAfterTheEnd()), 9);

    private static PeriodKind Period(int limit, int lease, int time, int leases, bool clockError, int[] lengths, Conduct conduct) =>
        new(new(limit, 0, lease, time, leases, clockError) { IsCoarse = true }, lengths, conduct);
}
