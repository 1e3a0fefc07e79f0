using Azure.Data.Tables;
using ControlPlane.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Records;
using Tests.Shared;

namespace ControlPlane.Tests.Storage;

/// <summary>What every store of records promises; on tables in memory, and on Azurite.</summary>
public sealed class RecordStoreTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Add_ThenFind_IsTheSame(bool onAzurite)
    {
        var store = Store(onAzurite);
        var record = NewRecord() with { Plan = "gold", Groups = ["a", "b"], Keys = ["k1"], Suspended = true };

        Assert.True(await store.TryAddAsync(record, Cancellation));

        Assert.Equivalent(record, (await store.FindAsync(record.Name, Cancellation))!.Record, strict: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Add_SameNameTwice_IsFalse(bool onAzurite)
    {
        var store = Store(onAzurite);
        var record = NewRecord();
        await store.TryAddAsync(record, Cancellation);

        Assert.False(await store.TryAddAsync(record with { Plan = "gold" }, Cancellation));
        Assert.Null((await store.FindAsync(record.Name, Cancellation))!.Record.Plan);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Find_NoneOfThatName_IsNull(bool onAzurite) => Assert.Null(await Store(onAzurite).FindAsync(NewRecord().Name, Cancellation));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replace_WithAnOldTag_IsFalse(bool onAzurite)
    {
        var store = Store(onAzurite);
        var record = NewRecord() with { Plan = "gold" };
        await store.TryAddAsync(record, Cancellation);
        var stored = (await store.FindAsync(record.Name, Cancellation))!;

        Assert.True(await store.TryReplaceAsync(record with { Plan = null }, stored.Tag, Cancellation));
        Assert.False(await store.TryReplaceAsync(record with { Plan = "free" }, stored.Tag, Cancellation));
        Assert.Null((await store.FindAsync(record.Name, Cancellation))!.Record.Plan);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replace_OfWhatIsGone_IsFalse(bool onAzurite)
    {
        var store = Store(onAzurite);
        var record = NewRecord();
        await store.TryAddAsync(record, Cancellation);
        var stored = (await store.FindAsync(record.Name, Cancellation))!;
        await store.TryRemoveAsync(record, stored.Tag, Cancellation);

        Assert.False(await store.TryReplaceAsync(record, stored.Tag, Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Remove_WithAnOldTag_IsFalseAndWithTheRightOneTrue(bool onAzurite)
    {
        var store = Store(onAzurite);
        var record = NewRecord();
        await store.TryAddAsync(record, Cancellation);
        var first = (await store.FindAsync(record.Name, Cancellation))!;
        await store.TryReplaceAsync(record with { Plan = "gold" }, first.Tag, Cancellation);
        var second = (await store.FindAsync(record.Name, Cancellation))!;

        Assert.False(await store.TryRemoveAsync(record, first.Tag, Cancellation));
        Assert.True(await store.TryRemoveAsync(record, second.Tag, Cancellation));
        Assert.True(await store.TryRemoveAsync(record, second.Tag, Cancellation));
        Assert.Null(await store.FindAsync(record.Name, Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task List_HoldsWhatWasAdded(bool onAzurite)
    {
        var store = Store(onAzurite);
        var (one, other) = (NewRecord(), NewRecord());
        await store.TryAddAsync(one, Cancellation);
        await store.TryAddAsync(other, Cancellation);

        var names = new List<string>();
        await foreach (var record in store.ListAsync(Cancellation))
        {
            names.Add(record.Name);
        }

        Assert.Contains(one.Name, names);
        Assert.Contains(other.Name, names);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The tests share one Azurite.
    private static ConsumerRecord NewRecord() => new() { Name = $"a/b:{Guid.NewGuid()}", Created = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000) };

    private TableRecordStore<ConsumerRecord> Store(bool onAzurite)
    {
        var service = onAzurite ? new TableServiceClient(azurite.Connection, ControlPlaneTables.ClientOptions()) : new FakeTables();
        return new(service, NullLogger<TableRecordStore<ConsumerRecord>>.Instance);
    }
}
