using Azure.Data.Tables;
using Mesh.Peers;
using Records.Trust;
using Tests.Shared;

namespace Mesh.Tests.Peers;

/// <summary>What reporting builds on, asked of a real table service.</summary>
public sealed class TablePeerStoreTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Fact]
    public async Task Store_OfATableThatIsNotThereYet_MakesItAndOverwritesAndRemoves()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var service = new TableServiceClient(azurite.Connection);
        await service.GetTableClient(PeerRow.Table).DeleteAsync(cancellation);
        var store = new TablePeerStore(service, TimeProvider.System);
        var signed = new PeerRow { Service = "orders", Instance = "one", Document = "{}", Certificate = [1], Signature = [2] };

        var removedNothing = await store.RemoveAsync(signed.Address, cancellation);
        var first = await store.WriteAsync(signed, cancellation);
        var second = await store.WriteAsync(signed with { Document = "{ }", Certificate = null, Signature = null }, cancellation);
        var stored = PeerRow.FromRow(new Dictionary<string, object>(Assert.Single(await RowsAsync(service)))).Record!;
        var removed = await store.RemoveAsync(signed.Address, cancellation);

        Assert.Equal([null, null, null, null], [removedNothing, first, second, removed]);
        Assert.Equal(("{ }", null), (stored.Document, stored.Certificate));
        Assert.Empty(await RowsAsync(service));
    }

    private static async Task<IReadOnlyList<TableEntity>> RowsAsync(TableServiceClient service) =>
        await service.GetTableClient(PeerRow.Table).QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
}
