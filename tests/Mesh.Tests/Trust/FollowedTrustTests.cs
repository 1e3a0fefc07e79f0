using Mesh.Storage;

namespace Mesh.Tests.Trust;

public sealed class FollowedTrustTests : IDisposable
{
    private readonly MeshWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void View_NothingRead_IsNone() => Assert.Null(_world.Trust.View);

    [Fact]
    public async Task View_FrozenPastItsMaximumAge_IsNoneAtTheFirstUse()
    {
        var bundle = _world.Publish(1);
        await _world.FollowAsync();

        _world.Time.Advance(bundle.MaxAge);
        var atTheEnd = _world.Trust.View;
        _world.Time.Advance(TimeSpan.FromTicks(1));

        Assert.NotNull(atTheEnd);
        Assert.Null(_world.Trust.View);
        Assert.NotNull(_world.Trust.LastView);
    }

    [Fact]
    public async Task View_TooOldThenConfirmedAgain_CountsAgain()
    {
        var bundle = _world.Publish(1);
        await _world.FollowAsync();
        _world.Bundles.Loss = StorageLoss.Away;
        _world.Time.Advance(bundle.MaxAge * 2);
        await _world.FollowAsync();
        var away = _world.Trust.View;
        _world.Bundles.Loss = null;

        await _world.FollowAsync();

        Assert.Null(away);
        Assert.NotNull(_world.Trust.View);
        Assert.Equal(TimeSpan.Zero, _world.Status.Age);
    }

    [Fact]
    public async Task View_ANewBundleThatWasNotConfirmed_KeepsTheAge()
    {
        _world.Publish(1);
        await _world.FollowAsync();
        _world.Pass(60);
        _world.Publish(2);
        _world.Bundles.Put(_world.Row(_world.Bundle(3)) with { Signature = [1] });

        await _world.FollowAsync();

        Assert.Equal((2, TimeSpan.FromSeconds(60)), (_world.Status.Sequence, _world.Status.Age));
    }

    [Fact]
    public void Leaf_Expired_IsNotPresented()
    {
        var (leaf, _) = _world.Leaf("orders", "v1");
        using (leaf)
        {
            _world.Trust.Present(new("v1", leaf), new("v1", leaf));
            _world.Time.SetUtcNow(leaf.NotAfter.ToUniversalTime().AddTicks(-1));
            var before = (_world.Trust.Leaf, _world.Trust.Candidate);
            _world.Time.Advance(TimeSpan.FromTicks(1));

            Assert.Equal((leaf, leaf), before);
            Assert.Null(_world.Trust.Leaf);
            Assert.Null(_world.Trust.Candidate);
            Assert.False(_world.Status.IsReady);
        }
    }
}
