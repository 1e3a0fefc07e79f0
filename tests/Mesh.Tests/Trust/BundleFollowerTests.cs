using Mesh.Storage;
using Mesh.Trust;
using Microsoft.Extensions.Logging;
using Records.Trust;
using Tests.Shared;

namespace Mesh.Tests.Trust;

public sealed class BundleFollowerTests : IDisposable
{
    private readonly MeshWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Follow_ForTheFirstTime_TakesTheNewest()
    {
        _world.Publish(6);
        _world.Publish(7);

        var followed = await _world.FollowAsync();

        Assert.Equal(7, followed.View!.Bundle.Sequence);
        Assert.NotNull(followed.ConfirmedAt);
        Assert.Equal([0, 8], _world.Bundles.Asked);
    }

    [Fact]
    public async Task Follow_SeveralBehind_WalksThemToTheLast()
    {
        _world.Publish(1);
        await _world.FollowAsync();
        _world.Publish(2);
        _world.Publish(3);

        var followed = await _world.FollowAsync();

        Assert.Equal(3, followed.View!.Bundle.Sequence);
        Assert.NotNull(followed.ConfirmedAt);
    }

    [Fact]
    public async Task Follow_ToANewAuthority_IsSignedByTheOldOne()
    {
        using var next = new MeshAuthority(_world.Time.GetUtcNow(), "next");
        _world.Publish(1);
        await _world.FollowAsync();
        _world.Bundles.Put(_world.Row(_world.Bundle(2, bundle => bundle with { Roots = [_world.Authority.Root, next.Root], Authority = next.Root.Id })));
        _world.Bundles.Put(_world.Row(_world.Bundle(3, bundle => bundle with { Roots = [next.Root], Authority = next.Root.Id }), next));

        var followed = await _world.FollowAsync();

        Assert.Equal(3, followed.View!.Bundle.Sequence);
        Assert.Equal(next.Certificate.RawData, Assert.Single(followed.View.Roots).RawData);
    }

    [Fact]
    public async Task Follow_NothingThere_IsNoneYetAndSaidOnce()
    {
        await _world.FollowAsync();
        var followed = await _world.FollowAsync();

        Assert.Equal(new(null, null), followed);
        Assert.Equal(LogLevel.Warning, Assert.Single(_world.FollowerLog.Collector.GetSnapshot()).Level);
    }

    [Theory]
    [InlineData(BundleRefusal.BadSignature)]
    [InlineData(BundleRefusal.UnknownSigner)]
    [InlineData(BundleRefusal.WrongSequence)]
    [InlineData(BundleRefusal.WrongTrustDomain)]
    [InlineData(BundleRefusal.Damaged)]
    internal async Task Follow_ABadBundle_KeepsTheLastGoodOneUnconfirmed(BundleRefusal refusal)
    {
        using var stranger = new MeshAuthority(_world.Time.GetUtcNow(), "stranger");
        var refused = _world.Collect<long>("mesh.bundles.refused");
        _world.Publish(1);
        await _world.FollowAsync();
        _world.Bundles.Put(2, Bad(refusal, stranger));

        await _world.FollowAsync();
        var followed = await _world.FollowAsync();

        Assert.Equal((1L, (long?)null), (followed.View!.Bundle.Sequence, followed.ConfirmedAt));
        Assert.Equal(LogLevel.Critical, Assert.Single(_world.FollowerLog.Collector.GetSnapshot()).Level);
        Assert.Equal([ReasonOf(refusal), ReasonOf(refusal)], refused.GetMeasurementSnapshot().Select(measured => measured.Tags["reason"]));
        Assert.Contains("after 1", _world.Status.LastFailure!.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_ARowNobodyCanRead_IsDamaged()
    {
        _world.Publish(1);
        await _world.FollowAsync();
        _world.Bundles.Put(2, BundleReading.Damaged(new("bundle/x", "Document", "is missing.")));

        var followed = await _world.FollowAsync();

        Assert.Null(followed.ConfirmedAt);
        Assert.Contains("Damaged", Assert.Single(_world.FollowerLog.Collector.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_AReplayedOlderBundle_IsRefused()
    {
        var old = _world.Row(_world.Bundle(1));
        _world.Bundles.Put(old);
        await _world.FollowAsync();
        _world.Publish(2);
        await _world.FollowAsync();
        _world.Bundles.Put(3, BundleReading.Of(old with { Sequence = 3 }));

        var followed = await _world.FollowAsync();

        Assert.Equal((2L, (long?)null), (followed.View!.Bundle.Sequence, followed.ConfirmedAt));
    }

    [Fact]
    public async Task Follow_AFirstBundleThatItsOwnRootsDoNotVouchFor_IsRefused()
    {
        using var stranger = new MeshAuthority(_world.Time.GetUtcNow(), "stranger");
        _world.Bundles.Put(_world.Row(_world.Bundle(1), stranger));

        Assert.Null((await _world.FollowAsync()).View);
    }

    [Fact]
    public async Task Follow_ARefusedBundleThatIsMended_GoesOn()
    {
        _world.Publish(1);
        await _world.FollowAsync();
        _world.Bundles.Put(_world.Row(_world.Bundle(2)) with { Signature = [1, 2, 3] });
        await _world.FollowAsync();
        _world.Publish(2);

        Assert.Equal(2, (await _world.FollowAsync()).View!.Bundle.Sequence);
    }

    [Theory]
    [InlineData(StorageLoss.Away)]
    [InlineData(StorageLoss.Denied)]
    [InlineData(StorageLoss.NoTable)]
    internal async Task Follow_StorageLostThenBack_SaysEachOnceAndConfirmsAgain(StorageLoss loss)
    {
        _world.Publish(1);
        await _world.FollowAsync();
        _world.Bundles.Loss = loss;
        var lost = await _world.FollowAsync();
        await _world.FollowAsync();
        _world.Bundles.Loss = null;

        var back = await _world.FollowAsync();

        Assert.Null(lost.ConfirmedAt);
        Assert.NotNull(back.ConfirmedAt);
        Assert.Equal([LogLevel.Error, LogLevel.Information], _world.FollowerLog.Collector.GetSnapshot().Select(line => line.Level));
    }

    private BundleReading Bad(BundleRefusal refusal, MeshAuthority stranger) => BundleReading.Of(refusal switch
    {
        BundleRefusal.BadSignature => _world.Row(_world.Bundle(2), stranger) with { Signer = _world.Authority.Root.Id },
        BundleRefusal.UnknownSigner => _world.Row(_world.Bundle(2), stranger),
        BundleRefusal.WrongSequence => _world.Row(_world.Bundle(3)) with { Sequence = 2 },
        BundleRefusal.WrongTrustDomain => _world.Row(_world.Bundle(2, bundle => bundle with { TrustDomain = "other.internal" })),
        BundleRefusal.Damaged => _world.Row(_world.Bundle(2, bundle => bundle with { Roots = [_world.Authority.Root, new TrustRoot { Certificate = [1], KeyVersion = "x" }] })),
        _ => throw new NotSupportedException(),
    });

    private static string ReasonOf(BundleRefusal refusal) => refusal switch
    {
        BundleRefusal.BadSignature => "bad-signature",
        BundleRefusal.UnknownSigner => "unknown-signer",
        BundleRefusal.WrongSequence => "wrong-sequence",
        BundleRefusal.WrongTrustDomain => "wrong-trust-domain",
        _ => "damaged",
    };
}
