using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger;

public sealed class SlotLedgerTests
{
    [Theory]
    [InlineData(10, 10, 5)] // label 6 left the ring with S = 3
    [InlineData(9, 9, 3)]
    [InlineData(4, 9, 3)]   // never before the base
    public void Commit_CountsInTheLowerBoundsSlotOrTheBase(long lower, long slot, long available)
    {
        var row = Rows.Row(10, 9, (6, 2), (8, 1), (12, 4));

        var commit = SlotLedger.Commit(row, new(lower, 20), [], Rows.Want(100));

        Assert.Equal(slot, commit.Row!.Base);
        Assert.Equal(available, commit.Granted);
        Assert.Equal((slot, slot + 1), (commit.Terms!.First, commit.Terms.Label));
    }

    [Fact]
    public void Commit_DropsExactlyTheLabelsBehindTheRing()
    {
        var commit = SlotLedger.Commit(Rows.Row(10, 9, (6, 2), (7, 1), (12, 4)), Rows.At(10), [], Rows.Want(1));

        Assert.Equal(Rows.Counts((7, 1), (11, 1), (12, 4)), commit.Row!.Granted);
    }

    [Fact]
    public void Commit_AfterTheLimitWasLowered_GrantsNothing()
    {
        var commit = SlotLedger.Commit(Rows.Row(2, 9, (8, 5)), Rows.At(9), [], Rows.Want(1));

        Assert.Equal((LedgerFault.None, 0), (commit.Fault, commit.Granted));
    }

    [Fact]
    public void Commit_Settles_WhatWasSpentToItsSlotAndWhatWasNotToNone()
    {
        var settlement = new Settlement(Rows.Lease(0, 10), Released: 2, Rows.Counts((9, 1), (10, 3)));

        var commit = SlotLedger.Commit(Rows.Row(10, 9, (10, 8)), Rows.At(10), [settlement], Rows.Want(4));

        // 8 − 2 − 4 stay for those not yet recorded.
        Assert.Equal(Rows.Counts((9, 1), (10, 5), (11, 4)), commit.Row!.Granted);
    }

    [Fact]
    public void Commit_WhenMoreIsSettledThanWasGranted_IsAFault() => Assert.Equal(
        new LedgerCommit(LedgerFault.Negative),
        SlotLedger.Commit(Rows.Row(10, 9, (10, 1)), Rows.At(10), [new(Rows.Lease(0, 10), 2, [])], Rows.Want(1)));

    [Fact]
    public void Commit_WhenTheBaseIsAboveTheUpperBound_IsAFault() => Assert.Equal(
        new LedgerCommit(LedgerFault.BaseAhead),
        SlotLedger.Commit(Rows.Row(10, 9), new(7, 8), [], Rows.Want(1)));

    [Fact]
    public void Commit_KeepsTheLastEightIds()
    {
        var row = SlotLedger.Create(Rows.Epoch, 1, Rows.Shape, 10, Rows.At(4));
        for (var commit = 1UL; commit <= 10; commit++)
        {
            row = SlotLedger.Commit(row, Rows.At(4), [], Rows.Want(0, commit: commit)).Row!;
        }

        Assert.Equal(10, row.Commits);
        Assert.Equal([3UL, 4, 5, 6, 7, 8, 9, 10], row.RecentCommits);
        Assert.Null(LedgerRowFormat.Read(LedgerRowFormat.Write(row)).Fault);
    }

    [Fact]
    public void CanSettle_UntilTheLabelLeavesTheRingOfTheRowsBase()
    {
        Assert.True(SlotLedger.CanSettle(Rows.Row(10, 13), Rows.Lease(1, 10)));
        Assert.False(SlotLedger.CanSettle(Rows.Row(10, 14), Rows.Lease(1, 10)));
    }

    [Fact]
    public void CanSettle_IntoAnotherEpochOrShape_IsFalse()
    {
        var row = Rows.Row(10, 9);

        Assert.False(SlotLedger.CanSettle(row with { Epoch = 8 }, Rows.Lease(1, 10)));
        Assert.False(SlotLedger.CanSettle(row with { Shape = new(1, 4, 0) }, Rows.Lease(1, 10)));
    }

    [Fact]
    public void CanSettle_ASealedLease_IsFalse()
    {
        var lease = Rows.Lease(1, 10);
        lease.Seal();

        Assert.False(SlotLedger.CanSettle(Rows.Row(10, 9), lease));
    }

    [Theory]
    [InlineData(10, 9)]  // free at once
    [InlineData(6, 10)]  // when label 6 leaves, at 6 + 3 + 1
    [InlineData(4, 12)]
    [InlineData(3, 16)]
    [InlineData(0, long.MaxValue)]
    public void FirstFree_IsTheFirstSlotInWhichSomethingCanBeGranted(long limit, long slot)
    {
        var row = Rows.Row(limit, 9, (5, 9), (6, 2), (8, 1), (12, 3));

        Assert.Equal(slot, row.FirstFree(9));
        Assert.True(slot == long.MaxValue || row.Available(slot) > 0);
        Assert.True(slot is 9 or long.MaxValue || row.Available(slot - 1) <= 0);
    }
}
