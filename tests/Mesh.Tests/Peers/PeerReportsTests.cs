using System.Security.Cryptography.X509Certificates;
using Mesh.Peers;
using Mesh.Storage;
using Mesh.Trust;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Records.Trust;

namespace Mesh.Tests.Peers;

public sealed class PeerReportsTests : IDisposable
{
    private readonly MeshWorld _world = new();
    private readonly MemoryPeers _peers = new();
    private readonly FakeLogger<PeerReports> _log = new();
    private readonly PeerReports _reports;

    public PeerReportsTests() => _reports = new(_peers, new("orders", Serves: true), _world.Trust, _world.Time, _world.Time, _world.Status, _log);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Announce_IsAnUnsignedRowThatActsOnNothing()
    {
        Assert.True(await _reports.AnnounceAsync(TestContext.Current.CancellationToken));

        var row = Assert.Single(_peers.Rows);
        Assert.Equal((null, null, 0L), (row.Certificate, row.Signature, _peers.Report.Sequence));
        Assert.Equal(("orders", row.Instance), (row.Service, _peers.Report.Instance));
    }

    [Fact]
    public async Task Report_IsSignedByTheLeafInUse()
    {
        var (leaf, _) = _world.Leaf("orders", "v1");
        _world.Trust.Present(new("v1", leaf), null);

        await ReportAsync(7);

        AssertSignedBy(leaf);
        var report = _peers.Report;
        Assert.Equal((7, true, leaf.SerialNumber, _world.Time.GetUtcNow()), (report.Sequence, report.Serves, report.Serial, report.At));
        Assert.Equal(["billing"], report.Calls);
        Assert.Equal("v9", Assert.Single(report.Canaries).Version);
    }

    [Fact]
    public async Task Report_WhereTheLeafInUseIsRefused_IsSignedByTheCandidate()
    {
        var (refused, named) = _world.Leaf("orders", "v1");
        var (candidate, _) = _world.Leaf("orders", "v2");
        _world.Publish(1, bundle => bundle with { Refused = [new(named.Serial, named.Expires)] });
        await _world.FollowAsync();
        _world.Trust.Present(new("v1", refused), new("v2", candidate));

        await ReportAsync(1);

        AssertSignedBy(candidate);
    }

    [Fact]
    public async Task Report_WithoutAValidLeaf_SaysNoMoreThanThatItIsThere()
    {
        var (leaf, _) = _world.Leaf("orders", "v1");
        _world.Trust.Present(new("v1", leaf), null);
        _world.Time.Advance(TimeSpan.FromDays(2));

        await ReportAsync(7);

        Assert.Null(Assert.Single(_peers.Rows).Certificate);
        Assert.Equal((0L, 0), (_peers.Report.Sequence, _peers.Report.Canaries.Count));
    }

    [Fact]
    public async Task Report_StorageAwayThenBack_SaysEachOnceAndWritesAtTheNextHeartbeat()
    {
        _peers.Loss = StorageLoss.Away;
        var lost = await ReportAsync(1);
        await ReportAsync(1);
        _peers.Loss = null;

        var back = await ReportAsync(1);

        Assert.Equal((false, true), (lost, back));
        Assert.Equal([LogLevel.Error, LogLevel.Information], _log.Collector.GetSnapshot().Skip(1).Select(line => line.Level));
    }

    [Fact]
    public async Task Remove_LeavesNoRow()
    {
        await _reports.AnnounceAsync(TestContext.Current.CancellationToken);

        await _reports.RemoveAsync(TestContext.Current.CancellationToken);

        Assert.Empty(_peers.Rows);
    }

    private Task<bool> ReportAsync(long actsOn) =>
        _reports.ReportAsync(new(actsOn, ["billing"], [new() { Service = "orders", Version = "v9", With = "billing" }]), TestContext.Current.CancellationToken);

    private void AssertSignedBy(X509Certificate2 leaf)
    {
        var row = Assert.Single(_peers.Rows);
        Assert.Equal(leaf.RawData, row.Certificate);
        Assert.True(DocumentSignature.Verify(leaf, PeerReportFormat.SignedBytes(row.Document), row.Signature));
    }
}
