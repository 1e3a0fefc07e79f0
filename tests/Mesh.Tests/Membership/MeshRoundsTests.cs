using Mesh.Storage;
using Records.Trust;

namespace Mesh.Tests.Membership;

public sealed class MeshRoundsTests : IDisposable
{
    private readonly MemberWorld _member = new();

    public void Dispose() => _member.Dispose();

    [Fact]
    public async Task FirstRound_AnnouncesBeforeItReads()
    {
        var asked = new List<int>();
        _member.Peers.Writing = _ => asked.Add(_member.World.Bundles.Asked.Count);
        _member.Publish(1);

        await _member.RoundAsync();

        Assert.Equal(0, asked[0]);
        Assert.NotEmpty(_member.World.Bundles.Asked);
    }

    [Fact]
    public async Task FirstRound_ThatCannotAnnounce_ReadsNothing()
    {
        _member.Peers.Loss = StorageLoss.Denied;
        _member.Publish(1);
        await _member.RoundAsync();
        var asked = _member.World.Bundles.Asked.Count;
        _member.Peers.Loss = null;

        await _member.RoundAsync();

        Assert.Equal(0, asked);
        Assert.Equal(1, _member.World.Status.ActsOn);
    }

    [Fact]
    public async Task Round_ActsAndReportsSigned()
    {
        var (leaf, version) = _member.Issue("gateway", "v1");
        _member.Publish(3, new() { Service = "gateway", InUse = version }, new() { Service = "orders" });
        _member.World.Handlers.Create(new() { Service = "orders", Addresses = [new("https://orders.internal")] });

        await _member.RoundAsync();

        Assert.Equal(leaf.RawData, Assert.Single(_member.Peers.Rows).Certificate);
        Assert.Equal((3, leaf.SerialNumber, "orders"), (_member.Peers.Report.Sequence, _member.Peers.Report.Serial, Assert.Single(_member.Peers.Report.Calls)));
        Assert.True(_member.World.Status.IsReady);
    }

    [Fact]
    public async Task Round_SwapsViewThenCertificateThenConnectionsAndReportsLast()
    {
        var seen = new List<string>();
        await FirstRoundAsync();
        var (_, next) = _member.Issue("gateway", "v2");
        _member.Publish(2, new Workload { Service = "gateway", InUse = next });
        _member.Follower.Acting = () => seen.Add($"connections on {_member.World.Trust.View!.Bundle.Sequence} with {_member.World.Trust.LastLeaf!.Version}");
        _member.Peers.Writing = row => seen.Add($"reports {PeerReportFormat.Read(row.Document).Report!.Sequence}");

        await _member.RoundAsync();

        Assert.Equal(["connections on 2 with v1", "connections on 2 with v2", "reports 2"], seen);
    }

    [Fact]
    public async Task Round_WithTheVaultAway_ActsOnTheViewAndReportsTheOneBefore()
    {
        await FirstRoundAsync();
        var (_, next) = _member.Issue("gateway", "v2");
        _member.Vault.IsAway = true;
        _member.Publish(2, new Workload { Service = "gateway", InUse = next });
        await _member.RoundAsync();
        var away = (_member.World.Trust.View!.Bundle.Sequence, _member.World.Trust.LastLeaf!.Version, _member.Peers.Report.Sequence);
        _member.Vault.IsAway = false;
        _member.World.Time.Advance(_member.Rounds.RetryIn!.Value);

        await _member.RoundAsync();

        Assert.Equal((2, "v1", 1), away);
        Assert.Equal(("v2", 2), (_member.World.Trust.LastLeaf!.Version, _member.Peers.Report.Sequence));
    }

    [Fact]
    public async Task Round_WithStorageAway_KeepsWhatItHasUntilItsMaximumAge()
    {
        await FirstRoundAsync();
        _member.World.Bundles.Loss = StorageLoss.Away;
        await _member.RoundAsync();
        var young = _member.World.Status.IsReady;
        _member.World.Time.Advance(TimeSpan.FromMinutes(11));
        await _member.RoundAsync();
        var old = _member.World.Status.IsReady;
        _member.World.Bundles.Loss = null;

        await _member.RoundAsync();

        Assert.Equal((true, false, true), (young, old, _member.World.Status.IsReady));
    }

    [Fact]
    public async Task Round_IsAHeartbeat()
    {
        await FirstRoundAsync();
        _member.World.Pass(15);

        await _member.RoundAsync();

        Assert.Equal(_member.World.Time.GetUtcNow(), _member.Peers.Report.At);
    }

    // Its row may have been removed meanwhile: nobody would wait for it.
    [Fact]
    public async Task Round_AfterHalfADayOfSilence_AnnouncesBeforeItReads()
    {
        await FirstRoundAsync();
        _member.World.Time.Advance(PeerRow.KeptFor / 2);
        var (asked, writes) = (_member.World.Bundles.Asked.Count, new List<(int Asked, long Sequence)>());
        _member.Peers.Writing = row => writes.Add((_member.World.Bundles.Asked.Count - asked, PeerReportFormat.Read(row.Document).Report!.Sequence));

        await _member.RoundAsync();

        Assert.Equal([(0, 0), (1, 1)], writes);
    }

    [Fact]
    public async Task Round_AfterHalfADayOfSilence_ThatCannotAnnounce_ReadsNothing()
    {
        await FirstRoundAsync();
        _member.World.Time.Advance(PeerRow.KeptFor / 2);
        _member.Peers.Loss = StorageLoss.Away;
        var asked = _member.World.Bundles.Asked.Count;

        await _member.RoundAsync();

        Assert.Equal(asked, _member.World.Bundles.Asked.Count);
    }

    // Its row still stands there.
    [Fact]
    public async Task Round_AfterAShorterSilence_FollowsThoughItCannotReport()
    {
        await FirstRoundAsync();
        _member.World.Time.Advance(TimeSpan.FromHours(11));
        _member.Peers.Loss = StorageLoss.Away;
        _member.Publish(2);

        await _member.RoundAsync();

        Assert.Equal(2, _member.World.Status.ActsOn);
    }

    [Fact]
    public async Task Leave_RemovesTheRow()
    {
        await FirstRoundAsync();

        await _member.Rounds.LeaveAsync(TestContext.Current.CancellationToken);

        Assert.Empty(_member.Peers.Rows);
    }

    private async Task FirstRoundAsync()
    {
        var (_, version) = _member.Issue("gateway", "v1");
        _member.Publish(1, new Workload { Service = "gateway", InUse = version });
        await _member.RoundAsync();
    }
}
