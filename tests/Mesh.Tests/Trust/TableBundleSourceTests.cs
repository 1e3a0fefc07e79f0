using Azure.Data.Tables;
using Mesh.Storage;
using Mesh.Trust;
using Records.Trust;
using Tests.Shared;

namespace Mesh.Tests.Trust;

/// <summary>What following builds on, asked of a real table service.</summary>
public sealed class TableBundleSourceTests(Azurite azurite) : IClassFixture<Azurite>, IDisposable
{
    private readonly MeshWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Source_OfATable_ReadsWhatWasPublished()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var service = new TableServiceClient(azurite.Connection);
        var table = service.GetTableClient(BundleRow.Table);
        await table.DeleteAsync(cancellation);
        var source = new TableBundleSource(service, TimeProvider.System);

        var noTable = await source.ReadNewestAsync(cancellation);
        var noTableForOne = await source.ReadAsync(1, cancellation);
        await table.CreateAsync(cancellation);
        var empty = await source.ReadNewestAsync(cancellation);
        foreach (var sequence in (long[])[9, 10, 11])
        {
            await AddAsync(table, _world.Row(_world.Bundle(sequence)), sequence);
        }

        var newest = await source.ReadNewestAsync(cancellation);
        var one = await source.ReadAsync(10, cancellation);
        var next = await source.ReadAsync(12, cancellation);
        await AddAsync(table, _world.Row(_world.Bundle(3)), 12);
        var misplaced = await source.ReadAsync(12, cancellation);

        Assert.Equal((StorageLoss.NoTable, StorageLoss.NoTable), (noTable.Failure?.Loss, noTableForOne.Failure?.Loss));
        Assert.Equal(BundleReading.None, empty);
        Assert.Equal((11L, 10L), (newest.Row!.Sequence, one.Row!.Sequence));
        Assert.Equal(_world.Row(_world.Bundle(10)).Document, one.Row.Document);
        Assert.Equal(BundleReading.None, next);
        Assert.Equal("Sequence", misplaced.Fault!.Column);
    }

    [Fact]
    public async Task Source_WithoutAnAnswer_SaysWhy()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        var away = new TableBundleSource(new(azurite.Connection.Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal).Replace("localhost", "127.0.0.2", StringComparison.Ordinal), options), TimeProvider.System);
        var denied = new TableBundleSource(new(azurite.Connection.Replace("Eby8", "Abc8", StringComparison.Ordinal), options), TimeProvider.System);

        Assert.Equal(StorageLoss.Away, (await away.ReadAsync(1, cancellation)).Failure?.Loss);
        Assert.Equal(StorageLoss.Denied, (await denied.ReadAsync(1, cancellation)).Failure?.Loss);
    }

    private static Task<Azure.Response> AddAsync(TableClient table, BundleRow row, long at)
    {
        var (partition, key) = BundleRow.AddressOf(at);
        return table.AddEntityAsync(new TableEntity(row.ToRow()) { PartitionKey = partition, RowKey = key }, TestContext.Current.CancellationToken);
    }
}
