using ControlPlane.Rotations;
using ControlPlane.Tests.Peers;
using Records.Trust;
using Tests.Shared;

namespace ControlPlane.Tests.Rotations;

public sealed class RotationLooksTests : IDisposable
{
    // MaxAge, skew and a poll.
    private static readonly TimeSpan _silence = TimeSpan.FromMinutes(31) + TimeSpan.FromSeconds(15);

    private readonly MeshTables _mesh = new();

    public void Dispose() => _mesh.Dispose();

    [Fact]
    public async Task Peers_AllAtTheSequence_AreReached()
    {
        _mesh.Publish(5);
        _mesh.Publish(6);
        _mesh.Report("orders", "a", 5, _mesh.Leaf("orders"));
        _mesh.Report("echo", "a", 6, _mesh.Leaf("echo"));

        Assert.Equal(new(LookState.Reached), await AtPeersAsync(5));
    }

    [Fact]
    public async Task Peers_NobodyThere_AreReached()
    {
        _mesh.Publish(5);

        Assert.Equal(LookState.Reached, (await AtPeersAsync(5)).State);
    }

    [Fact]
    public async Task Peers_OneBehindOrJoining_AreNamed()
    {
        _mesh.Publish(5);
        _mesh.Report("orders", "a", 4, _mesh.Leaf("orders"));
        _mesh.Report("echo", "b", 0, null);

        Assert.Equal(new(LookState.Waiting, "echo/b (It has no certificate yet.), orders/a (at 4), instead of 5"), await AtPeersAsync(5));
    }

    [Fact]
    public async Task Peers_SilentForLong_AreLeftOutWhenTheBundleIsAsOld()
    {
        _mesh.Publish(4);
        _mesh.Report("orders", "a", 4, _mesh.Leaf("orders"));
        _mesh.Time.Advance(_silence * 2);
        _mesh.Publish(5);

        // Its heartbeats may be lost while it reads bundles well.
        Assert.Equal(LookState.Waiting, (await AtPeersAsync(5)).State);
        _mesh.Time.Advance(_silence);
        Assert.Equal(LookState.Waiting, (await AtPeersAsync(5)).State);
        _mesh.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(LookState.Reached, (await AtPeersAsync(5)).State);
    }

    // Its vault is closed to it: it presents nothing, and by then it judges by no bundle before this one.
    [Fact]
    public async Task Peers_WhoSayThatTheyHaveNoCertificate_AreLeftOutWhenNoBundleBeforeIsYoungEnough()
    {
        _mesh.Publish(4);
        _mesh.Publish(5);
        _mesh.Time.Advance(_silence);
        _mesh.Report("orders", "a", 0, null);
        Assert.Equal(LookState.Waiting, (await AtPeersAsync(5)).State);

        // Said too early still, although the bundle is old enough now: what it said may be overtaken.
        _mesh.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(LookState.Waiting, (await AtPeersAsync(5)).State);

        _mesh.Report("orders", "a", 0, null);
        Assert.Equal(LookState.Reached, (await AtPeersAsync(5)).State);
    }

    [Fact]
    public async Task Peers_AheadOfTheNewest_AcknowledgeNothing()
    {
        _mesh.Publish(5);
        _mesh.Report("orders", "a", 6, _mesh.Leaf("orders"));

        Assert.Equal("orders/a (It acts on bundle 6, and the newest in storage is 5: restart it.), instead of 5", (await AtPeersAsync(5)).Detail);
    }

    [Fact]
    public async Task Peers_WhoCannotBeBelieved_AreNeverLeftOut()
    {
        using var stranger = new MeshAuthority(_mesh.Time.GetUtcNow(), "stranger");
        _mesh.Publish(5);
        _mesh.Time.Advance(_silence * 3);
        _mesh.Report("orders", "a", 5, _mesh.Leaf("orders", stranger));

        Assert.Equal(LookState.Waiting, (await AtPeersAsync(5)).State);
    }

    [Fact]
    public async Task Peers_BehindAndAlive_AreNeverLeftOut()
    {
        _mesh.Publish(4);
        _mesh.Publish(5);
        _mesh.Time.Advance(_silence * 3);
        _mesh.Report("orders", "a", 4, _mesh.Leaf("orders"));

        Assert.Equal(LookState.Waiting, (await AtPeersAsync(5)).State);
    }

    [Fact]
    public async Task Peers_WhenWhatIsPresentedIsRevoked_AreWaitedForNoLonger()
    {
        _mesh.Publish(5, new RefusedSerial("0A", _mesh.Time.GetUtcNow().AddDays(1)));
        _mesh.Report("orders", "a", 4, _mesh.Leaf("orders"));

        Assert.Equal(new(LookState.Failed, "The certificate 0A was revoked meanwhile."), await _mesh.Looks.AtPeersAsync(5, "0A", Cancellation));
        Assert.Equal(LookState.Waiting, (await _mesh.Looks.AtPeersAsync(5, "0B", Cancellation)).State);
    }

    [Theory]
    [InlineData("0A", "0B", LookState.Failed)]
    [InlineData("0B", "0A", LookState.Reached)]
    [InlineData("0B", "0C", LookState.Waiting)]
    public async Task Drain_FollowsWhatIsRevoked(string renewed, string old, LookState state)
    {
        _mesh.Publish(5, new RefusedSerial("0A", _mesh.Time.GetUtcNow().AddDays(1)));

        Assert.Equal(state, (await _mesh.Looks.AtDrainAsync(new(Version(renewed), Version(old)), Cancellation)).State);
    }

    [Fact]
    public async Task Canary_NoInstance_TheCertificateAloneIsVerified()
    {
        _mesh.Publish(5);

        var look = await AtCanaryAsync("orders", _mesh.Leaf("orders").RawData);

        Assert.Equal(LookState.Reached, look.State);
        Assert.Contains("No instance of orders", look.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canary_NoInstanceAndABadCertificate_Fails()
    {
        _mesh.Publish(5);
        using var stranger = new MeshAuthority(_mesh.Time.GetUtcNow(), "stranger");

        Assert.Equal(LookState.Failed, (await AtCanaryAsync("orders", _mesh.Leaf("orders", stranger).RawData)).State);
        Assert.Equal(LookState.Failed, (await AtCanaryAsync("orders", _mesh.Leaf("echo").RawData)).State);
    }

    [Fact]
    public async Task Canary_InstanceThatIsJoining_IsWaitedFor()
    {
        _mesh.Publish(5);
        _mesh.Report("orders", "a", 0, null);

        Assert.Equal(LookState.Waiting, (await AtCanaryAsync("orders", _mesh.Leaf("orders").RawData)).State);
    }

    [Fact]
    public async Task Canary_InstancesSilentForLong_CountAsGone()
    {
        _mesh.Report("orders", "a", 4, _mesh.Leaf("orders"));
        _mesh.Time.Advance(_silence + TimeSpan.FromSeconds(1));
        _mesh.Publish(5);

        Assert.Equal(LookState.Reached, (await AtCanaryAsync("orders", _mesh.Leaf("orders").RawData)).State);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static LeafVersion Version(string serial) => ScriptedSteps.Leaf(serial);

    private Task<Look> AtPeersAsync(long sequence) => _mesh.Looks.AtPeersAsync(sequence, null, TestContext.Current.CancellationToken);

    private Task<Look> AtCanaryAsync(string service, byte[] certificate)
    {
        using var leaf = _mesh.Leaf(service);
        return _mesh.Looks.AtCanaryAsync(service, _mesh.Authority.VersionOf(leaf, "v2"), 5, _ => Task.FromResult(certificate), TestContext.Current.CancellationToken);
    }
}
