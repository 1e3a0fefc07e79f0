using Gateway.Limits.Ledger;

namespace Gateway.Tests.Limits.Ledger;

/// <summary>With S = 3 and slots of one tick: what is spent in slot 10 is free again by a lower bound of 14.</summary>
public sealed class StandingShareTests
{
    [Fact]
    public void Spend_OfMoreThanTheShareInAWindow_IsRefused()
    {
        var share = Share(2);

        Assert.True(share.TrySpend(new(10, 10)));
        Assert.True(share.TrySpend(new(11, 11)));
        Assert.False(share.TrySpend(new(13, 13)));
        Assert.True(share.TrySpend(new(14, 14)));
        Assert.False(share.TrySpend(new(14, 14)));
        Assert.True(share.TrySpend(new(15, 15)));
    }

    [Fact]
    public void Spend_IsRecordedByTheUpperBoundAndFreedByTheLower()
    {
        var share = Share(1);

        Assert.True(share.TrySpend(new(9, 11)));
        Assert.False(share.TrySpend(new(14, 20)));
        Assert.True(share.TrySpend(new(15, 20)));
    }

    [Fact]
    public void Spend_OfAnOlderReading_IsRecordedNoEarlierThanTheLast()
    {
        var share = Share(2);
        share.TrySpend(new(12, 12));
        share.TrySpend(new(10, 10));

        Assert.False(share.TrySpend(new(15, 15)));
        Assert.True(share.TrySpend(new(16, 16)));
        Assert.False(share.TrySpend(new(15, 15)));
        Assert.True(share.TrySpend(new(16, 16)));
    }

    [Theory]
    [InlineData(49, 99, false)]
    [InlineData(50, 99, true)]
    [InlineData(50, 100, false)]
    public void Spend_OnlyFromItsStartByTheLowerBoundToItsEndByTheUpper(long lower, long upper, bool isSpent) =>
        Assert.Equal(isSpent, new StandingShare(Rows.Shape, 1, usableFrom: 50, end: 100).TrySpend(new(lower, upper)));

    [Fact]
    public void Extend_MovesTheEndAndNeverBack()
    {
        var share = Share(2);

        share.Extend(200);
        share.Extend(150);

        Assert.True(share.TrySpend(new(199, 199)));
        Assert.False(share.TrySpend(new(199, 200)));
    }

    [Fact]
    public void Share_OfNoTokens_IsNeverSpent() => Assert.False(Share(0).TrySpend(new(10, 10)));

    [Fact]
    public void UsableFrom_IsAWindowAfterThePredecessorsEnd() => Assert.Equal(1_000 + (60 * 7), StandingShare.UsableFrom(new(7, 60, 3), 1_000));

    [Fact]
    public void Spend_AllocatesNothing()
    {
        var share = Share(2_000);
        share.TrySpend(new(10, 10));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var spent = 0; spent < 1_000; spent++)
        {
            share.TrySpend(new(10, 10));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Spends_OnManyThreads_AreNoMoreThanTheShare()
    {
        const int tokens = 50_000;
        var share = Share(tokens);

        var spent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, tokens).Count(_ => share.TrySpend(new(10, 10))))));

        Assert.Equal(tokens, spent.Sum());
    }

    private static StandingShare Share(int tokens) => new(Rows.Shape, tokens, 0, 100);
}
