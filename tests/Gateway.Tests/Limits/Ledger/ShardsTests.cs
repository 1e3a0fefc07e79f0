using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger;

public sealed class ShardsTests
{
    private static readonly LedgerRow _bucket = Rows.Row(10, 9, (10, 4)) with { Shape = new(1, 0, 0), Earns = 1, Free = 6 };

    [Fact]
    public void Split_AddsShardsWithoutTokens()
    {
        var rows = Shards.Split(Rows.Row(60, 9, (10, 4)), 3, 5);

        Assert.Equal([60L, 0, 0], rows.Select(row => row.Limit));
        Assert.Equal(Rows.Counts((10, 4)), rows[0].Granted);
        Assert.All(rows.Skip(1), row => Assert.Empty(row.Granted));
        Assert.Equal(3, rows[0].Shards);
    }

    [Fact]
    public void Move_TakesNoMoreThanIsFreeInTheSlotOfTheCommit()
    {
        var rows = Shards.Split(Rows.Row(60, 9, (6, 10), (10, 4)), 2, 5);

        var moved = Shards.Move(rows[0], rows[1], Rows.At(9), 100, 6)!.Value;

        Assert.Equal((14, 46), (moved.From.Limit, moved.To.Limit));
        Assert.Null(Shards.Move(moved.From, moved.To, Rows.At(9), 1, 7));
        Assert.Equal(4, Shards.Move(moved.From, moved.To, Rows.At(10), 100, 7)!.Value.From.Limit);
    }

    [Fact]
    public void Move_BetweenRowsOfAnotherEpochOrShape_IsNone()
    {
        var rows = Shards.Split(Rows.Row(60, 9), 2, 5);

        Assert.Null(Shards.Move(rows[0], rows[1] with { Epoch = 1 }, Rows.At(9), 1, 6));
        Assert.Null(Shards.Move(rows[0], rows[1] with { Shape = new(2, 3, 0) }, Rows.At(9), 1, 6));
    }

    // Each part would be as full as the whole and earn as much: together twice the promise.
    [Fact]
    public void Bucket_IsNeitherSplitNorMoved()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Shards.Split(_bucket, 2, 5));
        Assert.Null(Shards.Move(_bucket, _bucket with { Limit = 0, Free = 0, Granted = [] }, Rows.At(9), 1, 6));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(61)]
    [InlineData(30)]
    [InlineData(0)]
    public void Resize_ToAnyTotal_LeavesTheRowsWithExactlyThat(long total)
    {
        LedgerRow[] rows = [Rows.Row(20, 9, (10, 20)), Rows.Row(30, 9), Rows.Row(11, 9, (10, 5))];

        var resized = Shards.Resize(rows, total, 2, 5);

        Assert.Equal(total, resized.Sum(row => row.Limit));
        Assert.All(resized, row => Assert.True(row.Limit >= 0));
        Assert.All(resized, row => Assert.Equal((total, 2), (row.Total, row.Revision)));
    }
}
