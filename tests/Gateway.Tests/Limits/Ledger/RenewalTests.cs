using Gateway.Limits.Ledger;

namespace Gateway.Tests.Limits.Ledger;

public sealed class RenewalTests
{
    private readonly Lease _old = Rows.Lease(6, 10).Spent(9, 2);

    [Fact]
    public void Prepare_KeepsWhatIsSpentMeanwhileAndSettlesTheRest()
    {
        var renewal = Prepare(keep: 1);

        Assert.Equal(1, _old.Free);
        Assert.Equal(Rows.Counts((9, 2), (10, 1), (11, 5)), renewal.Row.Granted);
        Assert.Equal(5, renewal.Granted!.Free);
        Assert.Equal(11, renewal.Granted.Terms.Label);
    }

    [Fact]
    public void Prepare_LeavesOutLeasesWithNothingToSettle()
    {
        var renewal = Renewal.Prepare(Rows.Row(6, 9, (10, 6)), Rows.At(10), [new(Rows.Lease(6, 10), 6)], Rows.Want(5)).Renewal!;

        Assert.Empty(renewal.Settlements);
        Assert.Null(renewal.Granted);
        Assert.False(renewal.IsWorthWriting);
    }

    [Fact]
    public void Prepare_OfALeaseOfAnotherEpoch_LeavesItAlone()
    {
        var renewal = Renewal.Prepare(Rows.Row(6, 9) with { Epoch = 1 }, Rows.At(10), [new(_old, 0)], Rows.Want(5)).Renewal!;

        Assert.Empty(renewal.Settlements);
        Assert.Equal(4, _old.Free);
    }

    [Fact]
    public void Prepare_OnAFault_PutsAllBack()
    {
        var draft = Renewal.Prepare(Rows.Row(6, 9, (10, 1)), Rows.At(10), [new(_old, 0)], Rows.Want(5));

        Assert.Equal(new(null, LedgerFault.Negative), draft);
        Assert.Equal(4, _old.Free);
        Assert.Equal(Rows.Counts((9, 2)), _old.Records);
    }

    [Fact]
    public void Succeed_GivesTheNewLeaseAndLeavesTheOldOneToItsEnd()
    {
        var renewal = Prepare(keep: 1);

        Assert.Same(renewal.Granted, renewal.Succeed());
        Assert.Equal((1, false), (_old.Free, _old.IsSealed));
    }

    [Fact]
    public void Fail_PutsAllBack()
    {
        Prepare(keep: 1).Fail();

        Assert.Equal((4, false), (_old.Free, _old.IsSealed));
        Assert.Equal(Rows.Counts((9, 2)), _old.Records);
    }

    [Fact]
    public void Abandon_LosesWhatWasReleasedAndSealsTheLease()
    {
        Prepare(keep: 1).Abandon();

        Assert.Equal((1, true), (_old.Free, _old.IsSealed));
        Assert.Empty(_old.Records);
    }

    [Fact]
    public void Abandon_DoesNotSealLeasesThatAreNotInTheWrite()
    {
        var other = Rows.Lease(1, 10);
        Renewal.Prepare(Rows.Row(9, 9, (10, 7)), Rows.At(10), [new(_old, 0), new(other, 1)], Rows.Want(1)).Renewal!.Abandon();

        Assert.True(_old.IsSealed);
        Assert.False(other.IsSealed);
    }

    [Fact]
    public void Renewal_EndedTwice_Throws()
    {
        var renewal = Prepare(keep: 1);
        renewal.Fail();

        Assert.Throws<InvalidOperationException>(renewal.Abandon);
    }

    [Theory]
    [InlineData(0, true, "Succeeded")]
    [InlineData(7, true, "Succeeded")]
    [InlineData(8, true, "Ambiguous")]
    [InlineData(1, false, "Failed")]
    [InlineData(8, false, "Failed")]
    [InlineData(9, false, "Ambiguous")]
    public void Resolve_ByTheCommitsSince_IsWhatTheRowRemembers(int others, bool wasMade, string outcome)
    {
        var before = Rows.Row(10, 9);
        var renewal = Renewal.Prepare(before, Rows.At(10), [], Rows.Want(1, commit: 5)).Renewal!;
        var row = wasMade ? renewal.Row : before;
        for (var commit = 0; commit < others; commit++)
        {
            row = SlotLedger.Commit(row, Rows.At(10), [], Rows.Want(0, commit: 100 + (ulong)commit)).Row!;
        }

        Assert.Equal(outcome, renewal.Resolve(row, sameETag: false).ToString());
    }

    [Fact]
    public void Resolve_OfTheSameETag_IsUnchanged() => Assert.Equal(RenewalOutcome.Unchanged, Prepare(1).Resolve(Rows.Row(6, 9), sameETag: true));

    [Fact]
    public void Resolve_OfAnotherEpochOrNoRow_IsAmbiguous()
    {
        var renewal = Prepare(keep: 1);

        Assert.Equal(RenewalOutcome.Ambiguous, renewal.Resolve(null, sameETag: false));
        Assert.Equal(RenewalOutcome.Ambiguous, renewal.Resolve(renewal.Row with { Epoch = 1 }, sameETag: false));
    }

    // Of limit 8 six are leased; two were spent in slot 9.
    private Renewal Prepare(long keep) =>
        Renewal.Prepare(Rows.Row(8, 9, (10, 6)), Rows.At(10), [new(_old, keep)], Rows.Want(100)).Renewal!;
}
