using ControlPlane.Certificates;
using ControlPlane.Rotations;
using ControlPlane.Tests.Trust;
using Records.Trust;
using RotationOutcome = ControlPlane.Certificates.RotationOutcome;

namespace ControlPlane.Tests.Certificates;

public sealed class CertificateDeskTests : IDisposable
{
    private readonly ControlWorld _world = new();

    private ICertificateDesk Desk => _world.Process.Desk;

    private RotationJournal Journal => _world.Process.Runner.Journal;

    private static CancellationToken Cancellation => ControlWorld.Cancellation;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Everything_BeforeTheMeshHasBegun_IsRefused()
    {
        RefusalReason?[] reasons =
        [
            (await Desk.ShowAsync(Cancellation)).Refusal?.Reason,
            (await Desk.RotateAsync("orders", Cancellation)).Refusal?.Reason,
            (await Desk.RotateAuthorityAsync(Cancellation)).Refusal?.Reason,
            (await Desk.RevokeAsync("0A", Cancellation)).Refusal?.Reason,
            (await Desk.BundleAsync(Cancellation)).Refusal?.Reason,
        ];

        Assert.All(reasons, reason => Assert.Equal(RefusalReason.MeshNotBegun, reason));
    }

    [Fact]
    public async Task Show_SaysHowEverythingStands()
    {
        await _world.BeginAsync();
        var leaf = await _world.UseAsync("orders", "0A");
        PlantPeer("orders", "a");
        _world.Time.Advance(TimeSpan.FromHours(1));
        PlantPeer("orders", "b");
        await Desk.RotateAsync("orders", Cancellation);

        var state = (await Desk.ShowAsync(Cancellation)).Value!;

        Assert.Equal((ControlWorld.TrustDomain, 3, _world.Time.GetUtcNow()), (state.TrustDomain, state.Sequence, state.At));
        Assert.True(Assert.Single(state.Authorities).Signs);
        Assert.Equal(["echo", "orders"], state.Workloads.Select(workload => workload.Service));
        Assert.Equal((leaf, 1, 0, RotationReason.Asked), (state.Workloads[1].InUse, state.Workloads[1].Peers, state.Workloads[1].Acknowledged, state.Workloads[1].Rotation!.Reason));
        Assert.Equal(("b", "It has no certificate yet."), (Assert.Single(state.Peers).Instance, state.Peers[0].Problem));
    }

    [Fact]
    public async Task Rotate_Twice_GivesTheOneUnderWay()
    {
        await _world.BeginAsync();

        var first = (await Desk.RotateAsync("orders", Cancellation)).Value!;
        var second = (await Desk.RotateAsync("orders", Cancellation)).Value!;
        var authority = (await Desk.RotateAuthorityAsync(Cancellation)).Value!;

        Assert.Equal((true, false, true), (first.IsNew, second.IsNew, authority.IsNew));
        Assert.Equal(first.Rotation.Id, second.Rotation.Id);
        Assert.Equal((RotationOutcome.Running, RotationState.Authority), (authority.Rotation.Outcome, authority.Rotation.Certificate));
    }

    [Fact]
    public async Task Rotate_UnknownService_SaysWhichThereAre()
    {
        await _world.BeginAsync();

        var refusal = (await Desk.RotateAsync("order", Cancellation)).Refusal!;

        Assert.Equal((RefusalReason.NoWorkload, "The mesh has no service order. It has echo, orders."), (refusal.Reason, refusal.Detail));
    }

    [Theory]
    [InlineData("0A", "orders")]
    [InlineData("A", "orders")]
    [InlineData("000A", "orders")]
    [InlineData("0B", "echo")]
    [InlineData("0C", "orders")]
    public async Task Revoke_InUseCandidateOrEarlier_RefusesItAndRotatesItsOwner(string serial, string owner)
    {
        await RunAMeshAsync();

        var started = (await Desk.RevokeAsync(serial, Cancellation)).Value!;

        Assert.Equal((owner, RotationReason.Revoked, true), (started.Rotation.Certificate, started.Rotation.Reason, started.IsNew));
        Assert.Equal(serial.TrimStart('0').PadLeft(2, '0'), Assert.Single((await _world.NewestAsync()).Refused).Serial);
    }

    [Fact]
    public async Task Revoke_Again_GivesTheRotationUnderWay()
    {
        await RunAMeshAsync();
        var first = (await Desk.RevokeAsync("0A", Cancellation)).Value!;
        var sequence = (await _world.NewestAsync()).Sequence;

        var second = (await Desk.RevokeAsync("0A", Cancellation)).Value!;

        Assert.Equal((first.Rotation.Id, false, sequence), (second.Rotation.Id, second.IsNew, (await _world.NewestAsync()).Sequence));
    }

    [Theory]
    [InlineData("0D", RefusalReason.NoCertificate)]
    [InlineData("0", RefusalReason.NoCertificate)]
    [InlineData("0A", RefusalReason.Invalid)]
    public async Task Revoke_UnknownOrExpired_IsRefusedAndChangesNothing(string serial, RefusalReason reason)
    {
        await RunAMeshAsync();
        _world.Time.Advance(TimeSpan.FromDays(2));

        var refusal = (await Desk.RevokeAsync(serial, Cancellation)).Refusal!;

        Assert.Equal(reason, refusal.Reason);
        Assert.Empty((await _world.NewestAsync()).Refused);
        Assert.DoesNotContain(await Journal.ListAsync(Cancellation), record => record.Reason == "revoked");
    }

    [Fact]
    public async Task List_OneCertificateAndAFew_TheNewestFirst()
    {
        await _world.BeginAsync();
        await FinishAsync("orders", "0C");
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await FinishAsync("echo", "0D");
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await Journal.BeginAsync("orders", "due", Cancellation);

        var all = (await Desk.ListAsync(null, 50, Cancellation)).Value!.Rotations;
        var two = (await Desk.ListAsync("orders", 50, Cancellation)).Value!.Rotations;
        var one = (await Desk.ListAsync(null, 1, Cancellation)).Value!.Rotations;

        Assert.Equal(["orders", "echo", "orders"], all.Select(rotation => rotation.Certificate));
        Assert.Equal([RotationOutcome.Running, RotationOutcome.Rotated], two.Select(rotation => rotation.Outcome));
        Assert.Equal(all[0].Id, Assert.Single(one).Id);
        Assert.NotNull(all[0].Steps);
    }

    [Fact]
    public async Task Find_KnownAndUnknown()
    {
        await _world.BeginAsync();
        var id = await FinishAsync("orders", "0C");

        Assert.Equal(id, (await Desk.FindAsync(id, Cancellation)).Value!.Id);
        Assert.Equal(RefusalReason.NoRotation, (await Desk.FindAsync("orders.1.abcdef", Cancellation)).Refusal!.Reason);
        Assert.Equal(RefusalReason.NoRotation, (await Desk.FindAsync("a/b", Cancellation)).Refusal!.Reason);
    }

    // 0A is in use, 0B a candidate, 0C was in use before.
    private async Task RunAMeshAsync()
    {
        await _world.BeginAsync();
        await FinishAsync("orders", "0C");
        await _world.UseAsync("orders", "0A");
        await _world.ProposeAsync("echo", "0B");
    }

    private async Task<string> FinishAsync(string service, string serial)
    {
        var now = _world.Time.GetUtcNow();
        var issued = new LeafVersion { Version = "v", Serial = serial, Authority = "a", Issued = now, Expires = now.AddDays(1) };
        var (begun, _) = await Journal.BeginAsync(service, "due", Cancellation);
        var step = new FinishedStep("Issue", service, System.Text.Json.JsonSerializer.Serialize(new Issued(issued, null), RotationJson.Default.Issued), null, now);
        await Journal.TryKeepAsync((await Journal.FindRunningAsync(service, Cancellation))!, step, Cancellation);
        await Journal.FinishAsync((await Journal.FindRunningAsync(service, Cancellation))!, new(RotationEnd.Rotated, null, []), Cancellation);
        return begun.Id;
    }

    private void PlantPeer(string service, string instance)
    {
        var report = new PeerReport { Service = service, Instance = instance, At = _world.Time.GetUtcNow() };
        var row = new PeerRow { Service = service, Instance = instance, Document = PeerReportFormat.Write(report) };
        _world.Tables[PeerRow.Table].Plant(new(row.ToRow()) { PartitionKey = service, RowKey = instance });
    }
}
