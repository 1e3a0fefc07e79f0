using Azure.Data.Tables;
using ControlPlane.Limits;
using ControlPlane.Storage;
using Records;
using Tests.Shared;

namespace ControlPlane.Tests.Limits;

/// <summary>Reading and removing the rows of a key; on tables in memory, and on Azurite.</summary>
public sealed class LedgerTableTests(Azurite azurite) : IClassFixture<Azurite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_Written_AreReadInOrderAndRemovedTogether(bool onAzurite)
    {
        var (service, key) = (Service(onAzurite), $"{Guid.NewGuid()}");
        await WriteAsync(service, key, shards: 99);
        await WriteAsync(service, key + "other", shards: 1);
        var table = new LedgerTable(service);

        var read = await table.ReadAsync(PartitionOf(key), Cancellation);
        var removed = await table.RemoveAsync(PartitionOf(key), Cancellation);

        Assert.Equal(Enumerable.Range(0, 99), read.Select(shard => shard.Number));
        Assert.All(read, shard => Assert.Equivalent(LedgerRows.Row, shard.Row, strict: true));
        Assert.Equal(99, removed);
        Assert.Empty(await table.ReadAsync(PartitionOf(key), Cancellation));
        Assert.Single(await table.ReadAsync(PartitionOf(key + "other"), Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_OrTableMissing_AreNone(bool onAzurite)
    {
        var table = new LedgerTable(Service(onAzurite));

        Assert.Empty(await table.ReadAsync(PartitionOf("nobody"), Cancellation));
        Assert.Equal(0, await table.RemoveAsync(PartitionOf("nobody"), Cancellation));
    }

    [Fact]
    public async Task Remove_AnswerLost_IsDone()
    {
        var tables = await InMemoryAsync();
        tables["limits"].LosesNextAnswer = true;

        Assert.Equal(2, await new LedgerTable(tables).RemoveAsync(PartitionOf("k"), Cancellation));
        Assert.Empty(tables["limits"].Rows);
    }

    [Fact]
    public async Task Remove_WriteLost_IsAway()
    {
        var tables = await InMemoryAsync();
        tables["limits"].LosesNextWrite = true;

        await Assert.ThrowsAsync<StorageAwayException>(() => new LedgerTable(tables).RemoveAsync(PartitionOf("k"), Cancellation));
    }

    [Fact]
    public async Task Remove_WhileShardsAreAdded_RemovesThemToo()
    {
        var tables = await InMemoryAsync();
        tables["limits"].BeforeNextWrite = () => WriteAsync(tables, "k", shards: 4);

        await new LedgerTable(tables).RemoveAsync(PartitionOf("k"), Cancellation);

        Assert.Empty(tables["limits"].Rows);
    }

    [Fact]
    public async Task Remove_WhileAnotherDoes_LeavesTheNewEpoch()
    {
        var tables = await InMemoryAsync();
        tables["limits"].BeforeNextWrite = async () =>
        {
            await new LedgerTable(tables).RemoveAsync(PartitionOf("k"), Cancellation);
            tables["limits"].Plant(LedgerRows.Rolling("l", "k", LedgerRows.Row with { Epoch = 2 }));
        };

        // Two rows were found; one of them is gone when they are to be removed, so nothing was.
        await new LedgerTable(tables).RemoveAsync(PartitionOf("k"), Cancellation);

        Assert.Equal("2", new StoredShard(Assert.Single(tables["limits"].Rows)).Generation);
    }

    private static string PartitionOf(string key) => LedgerAddress.Of("l", LedgerKind.Rolling, key).PartitionKey;

    private static async Task<FakeTables> InMemoryAsync()
    {
        var tables = new FakeTables();
        await WriteAsync(tables, "k", shards: 2);
        return tables;
    }

    private static async Task WriteAsync(TableServiceClient service, string key, int shards)
    {
        var table = service.GetTableClient(LedgerAddress.Table);
        await table.CreateIfNotExistsAsync(Cancellation);
        await table.SubmitTransactionAsync(
            Enumerable.Range(0, shards).Select(shard => new TableTransactionAction(TableTransactionActionType.UpsertReplace, LedgerRows.Rolling("l", key, LedgerRows.Row, shard))),
            Cancellation);
    }

    private TableServiceClient Service(bool onAzurite) =>
        onAzurite ? new TableServiceClient(azurite.Connection, ControlPlaneTables.ClientOptions()) : new FakeTables();
}
