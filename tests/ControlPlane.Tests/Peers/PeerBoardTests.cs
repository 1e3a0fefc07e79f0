using Azure.Data.Tables;
using ControlPlane.Peers;
using Records.Trust;
using Tests.Shared;

namespace ControlPlane.Tests.Peers;

public sealed class PeerBoardTests : IDisposable
{
    private readonly MeshTables _mesh = new();

    public void Dispose() => _mesh.Dispose();

    [Fact]
    public async Task Look_SignedReport_Counts()
    {
        _mesh.Report("orders", "a", 4, _mesh.Leaf("orders"));

        var peer = await OnlyAsync();

        Assert.Equal((4, null, "orders/a"), (peer.Sequence, peer.Problem, peer.Name));
    }

    [Fact]
    public async Task Forget_SilentForLonger_IsRemoved_AndNobodyElse()
    {
        _mesh.Report("orders", "old", 4, _mesh.Leaf("orders"));
        _mesh.Time.Advance(TimeSpan.FromHours(2));
        _mesh.Report("orders", "young", 4, _mesh.Leaf("orders"));
        var table = new PeerTable(_mesh.Tables, _mesh.Time);

        await table.ForgetAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        Assert.Equal("orders/young", (await OnlyAsync()).Name);
    }

    [Fact]
    public async Task Look_WithoutCertificate_IsThereAndProvesNothing()
    {
        _mesh.Report("orders", "a", 4, null);

        var peer = await OnlyAsync();

        Assert.Equal((0, "It has no certificate yet."), (peer.Sequence, peer.Problem));
    }

    [Fact]
    public async Task Look_CertificateOfAnotherAuthority_ProvesNothing()
    {
        using var stranger = new MeshAuthority(_mesh.Time.GetUtcNow(), "stranger");
        _mesh.Report("orders", "a", 4, _mesh.Leaf("orders", stranger));

        var peer = await OnlyAsync();

        Assert.Equal(0, peer.Sequence);
        Assert.Contains("UntrustedAuthority", peer.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_SignedByAnotherServicesCertificate_ProvesNothing()
    {
        _mesh.Report("orders", "a", 4, _mesh.Leaf("echo"));

        Assert.Equal("Its row says something of another instance.", (await OnlyAsync()).Problem);
    }

    [Fact]
    public async Task Look_CopiedToAnotherInstancesRow_ProvesNothing()
    {
        _mesh.Report("orders", "a", 4, _mesh.Leaf("orders"), report => report with { Instance = "b" });

        Assert.Equal("Its row says something of another instance.", (await OnlyAsync()).Problem);
    }

    [Fact]
    public async Task Look_DocumentChangedAfterSigning_ProvesNothing()
    {
        _mesh.Report("orders", "a", 4, _mesh.Leaf("orders"), spoil: row => row with { Document = row.Document.Replace("\"sequence\":4", "\"sequence\":5", StringComparison.Ordinal) });

        Assert.Equal("Its report is not signed by its certificate.", (await OnlyAsync()).Problem);
    }

    [Fact]
    public async Task Look_UnreadableRow_IsThereAndSaidToBe()
    {
        _mesh.Tables[PeerRow.Table].Plant(new TableEntity("orders", "a") { ["FormatVersion"] = 1 });

        var peer = await OnlyAsync();

        Assert.Equal(0, peer.Sequence);
        Assert.Contains("column Service: is missing", peer.Problem, StringComparison.Ordinal);
    }

    // Storage was set back: it acts on a bundle that is not there any more.
    [Fact]
    public async Task Look_AheadOfTheNewestBundle_ProvesNothing()
    {
        _mesh.Report("orders", "a", 6, _mesh.Leaf("orders"));

        var peer = await OnlyAsync();

        Assert.Equal((0, true, "It acts on bundle 6, and the newest in storage is 5: restart it."), (peer.Sequence, peer.IsAhead, peer.Problem));
    }

    private async Task<PeerStanding> OnlyAsync()
    {
        _mesh.Publish(5);
        return Assert.Single((await _mesh.Board.LookAsync(TestContext.Current.CancellationToken)).Peers);
    }
}
