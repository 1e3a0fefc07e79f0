using ControlPlane.Limits;
using ControlPlane.Storage;
using Records;

namespace ControlPlane.Tests.Limits;

public sealed class LimitDeskTests : IDisposable
{
    private readonly DeskWorld _world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Find_OneRow_SaysWhatIsCountedAndWhatIsFree()
    {
        Plant(LedgerRows.Rolling("l", "consumer acme", LedgerRows.Row with { Granted = [new(LedgerRows.Slot(1), 7)] }));

        var state = (await FindAsync("acme")).Value!;

        var ledger = Assert.Single(state.Ledgers);
        var shard = Assert.Single(ledger.Shards);
        Assert.Equal(("l", "consumer acme", LedgerRows.Start), (state.Limit, state.Key.Single(), state.At));
        Assert.Equal(("rolling", 10, 3, null, "0000000000000abc", 3), (ledger.Kind, ledger.Total, ledger.Available, ledger.NextFree, ledger.Epoch, ledger.Revision));
        Assert.Equal((0, 10, 3, LedgerRows.Start, 5), (shard.Shard, shard.Limit, shard.Available, shard.Base, shard.Commits));
        Assert.Equal([new(7, LedgerRows.Start.AddSeconds(2), LedgerRows.Start.AddSeconds(6))], shard.Granted);
    }

    [Fact]
    public async Task Find_NothingFree_SaysWhenTheFirstTokenIs()
    {
        var part = LedgerRows.Row with { Limit = 5, Shards = 2 };
        Plant(LedgerRows.Rolling("l", "", part with { Granted = [new(LedgerRows.Slot(3), 5)] }));
        Plant(LedgerRows.Rolling("l", "", part with { Granted = [new(LedgerRows.Slot(-1), 2), new(LedgerRows.Slot(2), 4)], Shards = 1 }, shard: 1));

        var ledger = (await FindAsync()).Value!.Ledgers.Single();

        // The second shard, which holds one too many since the limit was lowered, has one free when the two are a window old.
        Assert.Equal((0, LedgerRows.Start.AddSeconds(4)), (ledger.Available, ledger.NextFree));
        Assert.Equal([0, -1], ledger.Shards.Select(shard => shard.Available));
        Assert.Equal([0, 1], ledger.Shards.Select(shard => shard.Shard));
    }

    [Fact]
    public async Task Find_SeveralShards_AddsWhatEachHasFree()
    {
        var part = LedgerRows.Row with { Limit = 5, Shards = 2 };
        Plant(LedgerRows.Rolling("l", "", part with { Granted = [new(LedgerRows.Slot(0), 2)] }));
        Plant(LedgerRows.Rolling("l", "", part with { Granted = [new(LedgerRows.Slot(0), 6)] }, shard: 1));

        var ledger = (await FindAsync()).Value!.Ledgers.Single();

        Assert.Equal((10, 3, null), (ledger.Total, ledger.Available, ledger.NextFree));
    }

    [Fact]
    public async Task Find_EachKindThatHasRows_IsShown()
    {
        foreach (var kind in Enum.GetValues<LedgerKind>())
        {
            Plant(LedgerRows.Entity("l", kind, "", LedgerRows.Row with { Shape = new(TimeSpan.TicksPerSecond, 0, 0), Earns = kind == LedgerKind.Bucket ? 1 : 0 }));
        }

        var state = (await FindAsync()).Value!;

        Assert.Equal(["rolling", "bucket", "day", "month", "inFlight"], state.Ledgers.Select(ledger => ledger.Kind));
    }

    [Fact]
    public async Task Find_LabelsBeyondTheCalendar_AreShownAtItsEnd()
    {
        Plant(LedgerRows.Rolling("l", "", LedgerRows.Row with { Granted = [new(long.MaxValue - 10, 10)] }));

        var ledger = (await FindAsync()).Value!.Ledgers.Single();

        Assert.Equal(9999, ledger.NextFree!.Value.Year);
    }

    [Theory]
    [InlineData("l", "nobody")]
    [InlineData("other", "acme")]
    public async Task FindAndReset_WithoutRows_AreRefused(string limit, string key)
    {
        Plant(LedgerRows.Rolling("l", "consumer acme", LedgerRows.Row));

        var found = await _world.Limits.FindAsync(limit, [key], Cancellation);
        var reset = await _world.Limits.ResetAsync(limit, [key], Cancellation);

        Assert.Equal((RefusalReason.NoLimitState, RefusalReason.NoLimitState), (found.Refusal!.Reason, reset.Refusal!.Reason));
        Assert.Contains($"limit {limit} for consumer {key}", found.Refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAndReset_WithoutTheTable_AreRefused()
    {
        Assert.Equal(RefusalReason.NoLimitState, (await FindAsync("acme")).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoLimitState, (await ResetAsync("acme")).Refusal!.Reason);
    }

    [Theory]
    [InlineData("", "acme")]
    [InlineData("a\nb", "acme")]
    [InlineData("l", "address x")]
    public async Task FindAndReset_OfWhatIsNoNameOrKey_AskNobody(string limit, string key)
    {
        Assert.Equal(RefusalReason.Invalid, (await _world.Limits.FindAsync(limit, [key], Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.Invalid, (await _world.Limits.ResetAsync(limit, [key], Cancellation)).Refusal!.Reason);
        Assert.Equal(0, _world.Tables.Calls);
    }

    [Fact]
    public async Task Find_DamagedRow_SaysWhichOne()
    {
        var row = LedgerRows.Rolling("l", "", LedgerRows.Row);
        row[LedgerAddress.Column] = new byte[] { 9 };
        Plant(row);

        var damaged = await Assert.ThrowsAsync<DamagedRecordException>(() => FindAsync());

        Assert.StartsWith($"{row.PartitionKey}/00, column Ledger: ", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_RemovesEveryRowOfTheKey_DamagedOnesToo_AndNoOther()
    {
        Plant(LedgerRows.Rolling("l", "consumer acme", LedgerRows.Row with { Shards = 2 }));
        Plant(new(LedgerRows.Rolling("l", "consumer acme", LedgerRows.Row, shard: 1)) { [LedgerAddress.Column] = "damaged" });
        Plant(LedgerRows.Entity("l", LedgerKind.InFlight, "consumer acme", LedgerRows.Row));
        Plant(LedgerRows.Rolling("l", "consumer other", LedgerRows.Row));

        var reset = (await ResetAsync("acme")).Value!;

        Assert.Equal((3, LimitDesk.ResetNote), (reset.Rows, reset.Note));
        Assert.Equal(LedgerAddress.Of("l", LedgerKind.Rolling, "consumer other").PartitionKey, Assert.Single(_world.Tables["limits"].Rows).PartitionKey);
    }

    private void Plant(Azure.Data.Tables.TableEntity row) => _world.Tables["limits"].Plant(row);

    private Task<Outcome<LimitState>> FindAsync(params string[] key) => _world.Limits.FindAsync("l", key, Cancellation);

    private Task<Outcome<LimitReset>> ResetAsync(params string[] key) => _world.Limits.ResetAsync("l", key, Cancellation);
}
