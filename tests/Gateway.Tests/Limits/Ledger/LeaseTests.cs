using Gateway.Limits.Ledger;

namespace Gateway.Tests.Limits.Ledger;

public sealed class LeaseTests
{
    [Fact]
    public void Spend_ReadsTheClockOnceAfterTheDecrement()
    {
        var lease = Rows.Lease(2, 10);
        var freeAtReading = new List<long>();

        lease.TrySpend(() =>
        {
            freeAtReading.Add(lease.Free);
            return 9;
        });

        Assert.Equal([1L], freeAtReading);
        Assert.Equal(Rows.Counts((9, 1)), lease.Records);
    }

    [Fact]
    public void Spend_WhenNothingIsFree_DoesNotReadTheClock() =>
        Assert.False(Rows.Lease(0, 10).TrySpend(() => throw new InvalidOperationException()));

    [Fact]
    public void Spend_AtTheEnd_IsRefusedAndTheTokenGoesBack()
    {
        var lease = Rows.Lease(1, 10);

        Assert.False(lease.TrySpend(() => 11));
        Assert.Equal(1, lease.Free);
        Assert.Empty(lease.Records);
        Assert.True(lease.TrySpend(() => 10));
    }

    // With slots of 1,000 ticks: the end is that of the slot, phase included.
    [Fact]
    public void Spend_OneTickBeforeTheEnd_IsRecordedInTheLastSlot()
    {
        var lease = new Lease(new(1, new(1_000, 3, 400), 4, 5), 2);

        Assert.Equal(5_600, lease.Terms.End);
        Assert.False(lease.TrySpend(() => 5_600));
        Assert.True(lease.TrySpend(() => 5_599));
        Assert.Equal(Rows.Counts((5, 1)), lease.Records);
    }

    [Fact]
    public void Record_OfAReadingBeforeTheGrant_GoesToTheFirstSlot()
    {
        var lease = Rows.Lease(1, 10).Spent(3);

        Assert.Equal(Rows.Counts((9, 1)), lease.Records);
    }

    // No slot is recorded too early, none behind the label; what was withdrawn goes back to where it was.
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    [InlineData(1_200)]
    public void Record_InALongLease_IsNeverEarlierThanItsSlot(int slots)
    {
        for (var slot = 50L; slot < 50 + slots; slot++)
        {
            var lease = new Lease(new(1, Rows.Shape, 50, 49 + slots), 1).Spent(slot);

            var settlement = lease.Withdraw(0);
            lease.Restore(settlement);

            var recorded = Assert.Single(settlement.Records);
            Assert.InRange(recorded.Label, slot, Math.Min(slot + (slots / 16), 49 + slots));
            Assert.Equal(settlement.Records, lease.Records);
        }
    }

    [Fact]
    public void Withdraw_TakesAllButTheKeptAndTheUnrecorded()
    {
        var lease = Rows.Lease(10, 10).Spent(9, 2).Spent(10);
        lease.TryTake();

        var settlement = lease.Withdraw(keep: 4);

        Assert.Equal(2, settlement.Released);
        Assert.Equal(Rows.Counts((9, 2), (10, 1)), settlement.Records);
        Assert.Equal(4, lease.Free);
        Assert.Empty(lease.Records);
    }

    [Fact]
    public void Withdraw_WhenFewerThanKeptAreFree_ReleasesNothing() => Assert.True(Rows.Lease(2, 10).Withdraw(keep: 3).IsEmpty);

    [Fact]
    public void Restore_PutsBackWhatWasWithdrawnBesideWhatHappenedSince()
    {
        var lease = Rows.Lease(5, 10).Spent(9);
        var settlement = lease.Withdraw(keep: 2);
        lease.Spent(9);

        lease.Restore(settlement);

        Assert.Equal(3, lease.Free);
        Assert.Equal(Rows.Counts((9, 2)), lease.Records);
    }

    [Fact]
    public void Spend_AllocatesNothing()
    {
        var lease = Rows.Lease(2_000, 10);
        Func<long> clock = () => 9;
        lease.Spent(9);
        lease.TrySpend(clock);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var spent = 0; spent < 1_000; spent++)
        {
            lease.TrySpend(clock);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Spends_OnManyThreadsBesideWithdrawals_LoseAndDoubleNothing()
    {
        const int tokens = 200_000;
        var lease = Rows.Lease(tokens, 10);
        var (released, recorded) = (0L, 0L);

        var spenders = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var spent = 0L;
            while (lease.TrySpend(static () => 9))
            {
                spent++;
            }

            return spent;
        })).ToArray();
        for (var keep = tokens; keep > 0; keep -= 1_000)
        {
            var settlement = lease.Withdraw(keep);
            released += settlement.Released;
            recorded += settlement.Records.Sum(record => record.Count);
        }

        var spent = (await Task.WhenAll(spenders)).Sum();

        Assert.Equal(spent, recorded + lease.Records.Sum(record => record.Count));
        Assert.Equal(tokens, spent + released);
    }
}
