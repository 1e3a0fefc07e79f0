using Gateway.Tests.Limits.Ledger.Model;
using Gateway.Tests.Limits.Ledger.Model.Shares;

namespace Gateway.Tests.Limits.Ledger;

/// <summary>
/// The promise of a standing share in every state that a holder and its successor can reach within small bounds. The numbers: tokens, S, slots
/// of a membership, slots that pass, clock error; then states.
/// </summary>
public sealed class ShareCheckTests
{
    [Theory]
    [InlineData(1, 1, 2, 5, true, 90_307)]
    [InlineData(2, 2, 3, 6, false, 159_615)]
    public void NoInterval_HoldsMoreThanTheShare(int tokens, int slots, int membership, int time, bool clockError, int states) =>
        Check.Holds(Share(tokens, slots, membership, time, clockError, new ShareConduct()), states);

    [Theory]
    [InlineData(1, 2, 2, 8, true, 764_221)]
    [InlineData(2, 1, 2, 6, true, 606_558)]
    [InlineData(2, 2, 3, 8, false, 1_025_946)]
    public void NoInterval_InALargerModel_HoldsMore(int tokens, int slots, int membership, int time, bool clockError, int states)
    {
        Check.OnlyWhenSoaking();
        Check.Holds(Share(tokens, slots, membership, time, clockError, new ShareConduct()), states);
    }

    [Fact]
    public void ShareWithoutItsGap_IsFound() => Break(new ShareMutants.WithoutItsGap(), false, 10);

    [Fact]
    public void RecordingTheLowerBound_IsFound() => Break(new ShareMutants.RecordsTheLowerBound(), true, 7);

    [Fact]
    public void FreeingByTheUpperBound_IsFound() => Break(new ShareMutants.FreesByTheUpperBound(), true, 9);

    [Fact]
    public void LastingBeforeTheRenewalIsMade_IsFound() => Break(new ShareMutants.LastsBeforeItsRenewalIsMade(), false, 12);

    private static void Break(ShareConduct mutant, bool clockError, int steps) => Check.Breaks(Share(1, 1, 2, 6, clockError, mutant), steps);

    private static ShareModel Share(int tokens, int slots, int membership, int time, bool clockError, ShareConduct conduct) =>
        new(new(tokens, slots, membership, time, 1, clockError), conduct);
}
