using ControlPlane.Tests.Rotations.Model;

namespace ControlPlane.Tests.Rotations;

/// <summary>Broken variants: the check finds each, in as many steps as a shortest way takes.</summary>
public sealed class RotationMutantTests
{
    private static readonly Bounds _leaf = new("XY", false, 1, 0, 0, 0);
    private static readonly Bounds _authority = new("XY", true, 0, 0, 0, 0);

    [Fact]
    public void AppointmentBeforeTheRootIsKnown_IsFound() => Check.Breaks(_authority, new Mutants.AppointsBeforeTheRootIsKnown(), 9);

    [Fact]
    public void RetirementBeforeTheNewOneIsKnown_IsFound() => Check.Breaks(_leaf, new Mutants.RetiresBeforeTheNewOneIsKnown(), 10);

    [Fact]
    public void RetirementOfTheRootWithoutALookAtTheLeaves_IsFound() => Check.Breaks(_authority, new Mutants.RetiresTheRootWithoutLookingAtTheLeaves(), 15);

    // The refusal holds, so nothing breaks but that the rotation has no end.
    [Fact]
    public void RootOfALeaf_IsNotRemoved() => Assert.Contains("end", Check.Breaks(_authority, new Mutants.BelievesThatLeavesHaveMoved(), 1), StringComparison.Ordinal);

    [Fact]
    public void RotationUnderWayThatIsNotWaitedFor_IsFound() => Check.Breaks(_authority with { Peers = "X", Failures = 1 }, new Mutants.WaitsForNoRotationUnderWay(), 27);

    [Fact]
    public void ReadBeforeTheAnnouncement_IsFound() => Check.Breaks(_leaf with { Peers = "Xx", IsFine = true }, new Mutants.ReadsBeforeItAnnouncesItself(), 16);

    [Fact]
    public void RowsOfZeroThatAreLeftOut_AreFound() => Check.Breaks(_leaf with { Peers = "Xx", IsFine = true }, new Mutants.WaitsForNobodyWhoOnlyAnnouncedItself(), 12);

    [Fact]
    public void AcknowledgementBeforeTheAct_IsFound() => Check.Breaks(_leaf with { IsFine = true }, new Mutants.AcknowledgesBeforeItActs(), 15);

    [Fact]
    public void PeersThatAreIgnored_AreFound() => Check.Breaks(_leaf with { Peers = "XX" }, new Mutants.IgnoresPeersThatNeverAcknowledge(), 11);

    [Fact]
    public void RowsThatAreLeftOutTooSoon_AreFound() => Check.Breaks(_leaf with { Expiries = 1 }, new Mutants.LeavesRowsOutTooSoon(), 11);

    [Fact]
    public void SecondMergedVersion_IsFound() => Check.Breaks(_leaf, new Mutants.IssuesAgainAfterACrash(), 3);

    [Fact]
    public void SkippedDrain_IsFound() => Check.Breaks(_authority, new Mutants.SkipsTheDrain(), 35);

    [Fact]
    public void WayBackThatWithdrawsTheRootUnderALeaf_IsFound() => Check.Breaks(_authority with { Failures = 1 }, new Mutants.GoesBackWithoutTheLeaves(), 14);

    [Fact]
    public void ActivationAfterAFailedCanary_IsFound() => Check.Breaks(_leaf with { Failures = 1 }, new Mutants.GoesOnAfterAFailedCanary(), 7);

    [Fact]
    public void WayBackThatRetiresTheOldOne_IsFound() => Check.Breaks(_leaf with { Failures = 1 }, new Mutants.RetiresTheOldOneOnTheWayBack(), 7);

    [Fact]
    public void WayBackThatRetiresTheNewOneTooSoon_IsFound() => Check.Breaks(_leaf with { Failures = 1 }, new Mutants.DiscardsWithoutWaitingOnTheWayBack(), 12);

    [Fact]
    public void LateAppointmentOfARootThatWasSetBack_IsFound() => Check.Breaks(new("", true, 0, 1, 1, 0), new Mutants.AppointsWhatWasSetBack(), 7);

    [Fact]
    public void LateTrustInARootThatWasRemoved_IsFound() => Check.Breaks(new("", true, 0, 1, 1, 0), new Mutants.TrustsAgainWhatItRemoved(), 5);

    [Fact]
    public void LateWithdrawalOfWhatIsNoLongerInUse_IsFound() => Check.Breaks(new("", false, 2, 1, 1, 0), new Mutants.WithdrawsWhateverIsInUse(), 15);

    [Fact]
    public void LateActivationOfWhatIsNoCandidate_IsFound() => Check.Breaks(new("X", false, 1, 1, 1, 0), new Mutants.ActivatesWhatIsNoCandidate(), 10);
}
