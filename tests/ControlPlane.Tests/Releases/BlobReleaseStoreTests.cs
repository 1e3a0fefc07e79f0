using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using ControlPlane.Releases;
using ControlPlane.Storage;
using Records.Releases;
using Tests.Shared;

namespace ControlPlane.Tests.Releases;

/// <summary>Releases over the wire, where a write whose answer is lost may have happened.</summary>
public sealed class BlobReleaseStoreTests(Azurite azurite) : IClassFixture<Azurite>, IAsyncLifetime
{
    private static readonly Release One = Release.Of("one: ä\n");

    private readonly LossyTransport _network = new();

    // Each test begins without a container.
    private BlobContainerClient Container => new BlobServiceClient(azurite.Connection).GetBlobContainerClient(Release.Container);

    private BlobReleaseStore Store => field ??= OpenStore(0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Container.DeleteIfExistsAsync(cancellationToken: Cancellation);

    public ValueTask DisposeAsync()
    {
        _network.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Everything_WithoutAContainer_IsEmpty()
    {
        Assert.Null(await Store.FindAsync(One.Hash, Cancellation));
        Assert.Empty(await Store.ListAsync("", Cancellation));
        Assert.Equal(default, await Store.ReadPointerAsync(Cancellation));
    }

    [Fact]
    public async Task Add_OfARelease_IsThereForGood()
    {
        Assert.True(await Store.TryAddAsync(One, Cancellation));
        Assert.False(await Store.TryAddAsync(One, Cancellation));

        Assert.Equal(One.Text, (await Store.FindAsync(One.Hash, Cancellation))!.Text);
        var listed = Assert.Single(await Store.ListAsync(One.Id, Cancellation));
        Assert.Equal((One.Hash, 8), (listed.Hash, listed.Size));
        Assert.True(listed.Stored > DateTimeOffset.UnixEpoch);
        Assert.Empty(await Store.ListAsync("f" + One.Id, Cancellation));
    }

    [Fact]
    public async Task Find_OfABlobThatWasChanged_SaysSo()
    {
        await Store.TryAddAsync(One, Cancellation);
        await Container.GetBlobClient(One.Hash).UploadAsync(BinaryData.FromString("other"), overwrite: true, Cancellation);

        var damaged = await Assert.ThrowsAsync<DamagedRecordException>(() => Store.FindAsync(One.Hash, Cancellation));

        Assert.StartsWith($"releases/{One.Hash}: ", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_OfThePointer_TakesTheTagThatItBears()
    {
        await Store.TryAddAsync(One, Cancellation);
        Assert.True(await Store.TryMoveAsync(Moved(null, "a"), null, Cancellation));
        Assert.False(await Store.TryMoveAsync(Moved(null, "b"), null, Cancellation));
        var (pointer, tag) = await Store.ReadPointerAsync(Cancellation);

        Assert.True(await Store.TryMoveAsync(Moved(pointer, "c"), tag, Cancellation));
        Assert.False(await Store.TryMoveAsync(Moved(pointer, "d"), tag, Cancellation));

        Assert.Equal(["c", "a"], (await Store.ReadPointerAsync(Cancellation)).Pointer!.Moves.Select(move => move.Id));
        Assert.Single(await Store.ListAsync("", Cancellation));
    }

    [Fact]
    public async Task Move_FirstOfAll_MakesTheContainer() => Assert.True(await Store.TryMoveAsync(Moved(null, "a"), null, Cancellation));

    [Fact]
    public async Task Pointer_Damaged_SaysSo()
    {
        await Store.TryMoveAsync(Moved(null, "a"), null, Cancellation);
        await Container.GetBlobClient("current").UploadAsync(BinaryData.FromString("{}"), overwrite: true, Cancellation);

        await Assert.ThrowsAsync<DamagedRecordException>(() => Store.ReadPointerAsync(Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task AddAndMove_AnswerLost_AreTrue(int retries)
    {
        await Store.TryAddAsync(Release.Of("first"), Cancellation);
        var store = OpenStore(retries);

        _network.LosesNextAnswer = true;
        await store.TryAddAsync(One, Cancellation);
        _network.LosesNextAnswer = true;
        Assert.True(await store.TryMoveAsync(Moved(null, "a"), null, Cancellation));

        Assert.NotNull(await Store.FindAsync(One.Hash, Cancellation));
        Assert.Equal("a", (await Store.ReadPointerAsync(Cancellation)).Pointer!.Last.Id);
    }

    [Fact]
    public async Task AddAndMove_WriteLost_AreAway()
    {
        await Store.TryAddAsync(Release.Of("first"), Cancellation);

        _network.LosesNextWrite = true;
        await Assert.ThrowsAsync<StorageAwayException>(() => Store.TryAddAsync(One, Cancellation));
        _network.LosesNextWrite = true;
        await Assert.ThrowsAsync<StorageAwayException>(() => Store.TryMoveAsync(Moved(null, "a"), null, Cancellation));
    }

    [Fact]
    public async Task Move_WriteLostAndAnotherWasQuicker_IsFalse()
    {
        await Store.TryMoveAsync(Moved(null, "a"), null, Cancellation);
        _network.LosesNextWrite = true;

        Assert.False(await Store.TryMoveAsync(Moved(null, "b"), null, Cancellation));
    }

    [Fact]
    public async Task Move_AnswerLostAndAnotherCameAfterIt_IsTrue()
    {
        await Store.TryAddAsync(One, Cancellation);
        var mine = Moved(null, "a");
        _network.LosesNextAnswer = true;
        _network.AfterNextWrite = async () =>
        {
            var tag = (await Store.ReadPointerAsync(Cancellation)).Tag;
            await Container.GetBlobClient("current").UploadAsync(
                BinaryData.FromBytes(ReleasePointerFormat.Write(Moved(mine, "b"))), new Azure.Storage.Blobs.Models.BlobUploadOptions { Conditions = new() { IfMatch = new(tag!) } }, Cancellation);
        };

        Assert.True(await Store.TryMoveAsync(mine, null, Cancellation));

        Assert.Equal("b", (await Store.ReadPointerAsync(Cancellation)).Pointer!.Last.Id);
    }

    private BlobReleaseStore OpenStore(int retries) => new(new(azurite.Connection, new BlobClientOptions
    {
        Transport = new HttpClientTransport(_network),
        Retry = { MaxRetries = retries, Delay = TimeSpan.FromMilliseconds(1) },
    }));

    private static ReleasePointer Moved(ReleasePointer? before, string id) => ReleasePointer.Moved(before, new() { Id = id, Release = One.Hash, At = DateTimeOffset.UnixEpoch, By = "someone" });
}
