using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger;

public sealed class BucketStepsTests
{
    // All slots up to the next label are taken at once: the same as one by one.
    [Fact]
    public void Earn_OverManySlots_IsWhatStepByStepWouldGive()
    {
        var random = new Random(1);
        for (var round = 0; round < 2_000; round++)
        {
            var out1 = random.Next(4);
            var row = Row(random.Next(1, 12), random.Next(1, 4), random.Next(4), [(random.Next(10, 14), out1), (random.Next(14, 20), random.Next(4))]);
            var slot = random.Next(10, 25);
            var (atOnce, stepped) = (new LabelCounts(row.Granted), new LabelCounts(row.Granted));

            var free = BucketSteps.Earn(row, atOnce, slot);

            Assert.Equal(StepByStep(row, stepped, slot), free);
            Assert.Equal(stepped.ToArray(), atOnce.ToArray());
        }
    }

    [Fact]
    public void Earn_OverMoreSlotsThanAnybodyCouldStep_FillsTheBucket() =>
        Assert.Equal(long.MaxValue / 4, BucketSteps.Earn(Row(long.MaxValue / 4, 1_000, 0, []), new([]), long.MaxValue / 2));

    [Fact]
    public void Commit_OfALeaseGivenBackWhole_LeavesTheBucketAsFullAsBefore()
    {
        var row = Row(10, 1, 0, [(12, 10)]);

        var commit = SlotLedger.Commit(row, Rows.At(11), [new(Lease(12), 10, [])], Rows.Want(0));

        Assert.Equal(10, commit.Row!.Free);
        Assert.Empty(commit.Row.Granted);
    }

    [Fact]
    public void Commit_KeepsASpentTokenOutUntilItsSlotHasPassed()
    {
        var row = Row(10, 1, 0, [(12, 10)]);

        var spent = SlotLedger.Commit(row, Rows.At(11), [new(Lease(12), 8, Rows.Counts((11, 2)))], Rows.Want(0)).Row!;
        var later = SlotLedger.Commit(spent, Rows.At(12), [], Rows.Want(0)).Row!;

        Assert.Equal((8, 2), (spent.Free, spent.Granted.Sum(granted => granted.Count)));
        Assert.Equal((9, 0), (later.Free, later.Granted.Sum(granted => granted.Count)));
    }

    // Of ten tokens four are free and six leased when the bucket is made one of five.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 2)]
    [InlineData(6, 5)]
    public void Commit_AfterTheBucketWasMadeSmaller_HasNoMoreThanItHolds(long givenBack, long free)
    {
        var smaller = Assert.Single(Shards.Resize([Row(10, 1, 4, [(12, 6)])], 5, 2, 1));

        var row = SlotLedger.Commit(smaller, Rows.At(10), [new(Lease(12), givenBack, [])], Rows.Want(0)).Row!;

        Assert.Equal(free, row.Free);
    }

    private static Lease Lease(long label) => new(new(Rows.Epoch, new(1, 0, 0), label - 1, label), 10);

    private static LedgerRow Row(long limit, long earns, long free, (long Label, long Count)[] granted) => Rows.Row(limit, 10) with
    {
        Shape = new(1, 0, 0),
        Earns = earns,
        Free = free,
        Granted = [.. Rows.Counts(granted).Where(entry => entry.Count > 0)],
    };

    private static long StepByStep(LedgerRow row, LabelCounts granted, long slot)
    {
        var free = row.Free;
        for (var at = row.Base + 1; at <= slot; at++)
        {
            granted.DropBelow(at);
            free += Math.Clamp(row.Limit - free - granted.Sum, 0, row.Earns);
        }

        return free;
    }
}
