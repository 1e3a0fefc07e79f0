using System.Security.Cryptography.X509Certificates;
using ControlPlane.Rotations;
using ControlPlane.Tests.Trust;
using ControlPlane.Trust;
using Mesh.Trust;
using Records.Trust;
using Tests.Shared;

namespace ControlPlane.Tests.Rotations;

public sealed class RotationSchedulerTests : IDisposable
{
    private static readonly TimeSpan _life = FakeWork.LeafLife;

    private readonly ControlWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Tick_TheFirst_BeginsTheMeshAndTheFirstRotations()
    {
        await TickAsync();

        Assert.Equal(2, (await _world.NewestAsync()).Workloads.Count);
        Assert.Equal(["echo due", "orders due"], await BegunAsync());
    }

    [Fact]
    public async Task Tick_Again_BeginsNothingTwice()
    {
        await TickAsync();
        await TickAsync();

        Assert.Equal(2, (await BegunAsync()).Count);
    }

    // By their names orders is due at 49.5 % of a life and echo at 43.5 %.
    [Theory]
    [InlineData(0.434)]
    [InlineData(0.436, "echo due")]
    [InlineData(0.494, "echo due")]
    [InlineData(0.496, "echo due", "orders due")]
    public async Task Leaf_IsDueAtHalfItsLifeLessWhatItsNameSays(double share, params string[] expected)
    {
        await BeginAsync();
        _world.Time.Advance(_life * share);

        await TickAsync();

        Assert.Equal(expected, await BegunAsync());
    }

    [Fact]
    public async Task Leaf_ThatIsRefused_IsRotatedAtOnce()
    {
        await BeginAsync();
        await _world.ChangeAsync((bundle, now) => TrustChanges.Refuse(bundle, "0A", now + _life, now));

        await TickAsync();

        Assert.Equal(["orders revoked"], await BegunAsync());
    }

    [Fact]
    public async Task Authority_IsDueAtHalfItsLife()
    {
        await _world.BeginAsync();
        await UseAsync(TimeSpan.FromDays(1000));
        _world.Time.Advance(TimeSpan.FromDays(182));
        await TickAsync();
        Assert.Empty(await BegunAsync());

        _world.Time.Advance(TimeSpan.FromDays(1));
        await TickAsync();

        Assert.Equal(["authority due"], await BegunAsync());
    }

    [Fact]
    public async Task Service_WhoseVaultIsNotKnown_IsLeftAlone()
    {
        await BeginAsync();
        await _world.ChangeAsync((bundle, now) => TrustChanges.AddWorkload(bundle, "elsewhere", now));

        await TickAsync();

        Assert.Empty(await BegunAsync());
    }

    [Fact]
    public async Task Service_ThatHasLeft_IsTakenOutWhenNoClockTakesItsCertificateAnyMore()
    {
        await BeginAsync();
        await _world.ChangeAsync((bundle, now) => TrustChanges.AddWorkload(bundle, "left", now));
        await _world.UseAsync("left", "0C", _life);
        _world.Time.Advance(_life + new RotationOptions().Skew - TimeSpan.FromSeconds(1));
        await TickAsync();
        Assert.NotNull((await _world.NewestAsync()).Workload("left"));

        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await TickAsync();

        Assert.Null((await _world.NewestAsync()).Workload("left"));
        Assert.Contains(_world.Log.Lines, line => line.Contains("Service left is out of the mesh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Service_ThatHasLeftAndIsRevoked_IsTakenOutAtOnce()
    {
        await BeginAsync();
        await _world.ChangeAsync((bundle, now) => TrustChanges.AddWorkload(bundle, "left", now));
        var leaf = await _world.UseAsync("left", "0C", _life);
        await _world.ChangeAsync((bundle, now) => TrustChanges.Refuse(bundle, leaf.Serial, leaf.Expires, now));

        await TickAsync();

        Assert.Null((await _world.NewestAsync()).Workload("left"));
    }

    // Another control plane, of another release perhaps, is told of it.
    [Fact]
    public async Task Service_OfAnotherControlPlane_IsLeftAloneUntilItsRotationIsOver()
    {
        await BeginAsync();
        await _world.ChangeAsync((bundle, now) => TrustChanges.AddWorkload(bundle, "other", now));
        await _world.UseAsync("other", "0C", _life);
        await _world.Process.Runner.Journal.BeginAsync("other", "due", ControlWorld.Cancellation);
        _world.Time.Advance(_life * 2);

        await TickAsync();

        Assert.NotNull((await _world.NewestAsync()).Workload("other"));
    }

    [Fact]
    public async Task Service_ThatAnotherControlPlaneTookOut_IsBackAfterTwoLooks()
    {
        await BeginAsync();
        await TickAsync();
        await _world.ChangeAsync((bundle, now) => TrustChanges.RemoveWorkload(bundle, "orders", now + _life));

        await TickAsync();
        await TickAsync();

        Assert.Equal(["echo", "orders"], (await _world.NewestAsync()).Workloads.Select(workload => workload.Service).Order());
        Assert.Contains("orders due", await BegunAsync());
    }

    [Fact]
    public async Task Rotation_ThatDied_IsTakenUp()
    {
        await BeginAsync();
        await _world.Process.Runner.Journal.BeginAsync("orders", "asked", ControlWorld.Cancellation);
        var taken = new TaskCompletionSource<string>();
        _world.Work.Before = name =>
        {
            taken.TrySetResult(name);
            return new TaskCompletionSource().Task;
        };

        await TickAsync();

        Assert.Equal("Issue", await taken.Task.WaitAsync(ControlWorld.Cancellation));
    }

    [Fact]
    public async Task Rotation_ThatWentBack_IsTriedAfterAPause()
    {
        await BeginAsync();
        await GoBackAsync();
        _world.Time.Advance(_life / 2);
        await GoBackAsync();

        _world.Time.Advance(new RotationOptions().LengthOfPause - TimeSpan.FromSeconds(1));
        await TickAsync();
        Assert.DoesNotContain("orders due", await BegunAsync());

        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await TickAsync();
        Assert.Contains("orders due", await BegunAsync());
    }

    [Fact]
    public async Task Rotation_ThatWentBackAndLeftNothingUsable_IsTriedSoon()
    {
        await BeginAsync();
        await _world.ChangeAsync((bundle, now) => TrustChanges.Refuse(bundle, "0A", now + _life, now));
        await GoBackAsync();

        _world.Time.Advance(TimeSpan.FromSeconds(59));
        await TickAsync();
        Assert.DoesNotContain("orders revoked", await BegunAsync());

        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await TickAsync();
        Assert.Contains("orders revoked", await BegunAsync());
    }

    // A pause would outlast it.
    [Fact]
    public async Task Rotation_ThatWentBackToWhatEndsSoon_IsTriedSoon()
    {
        await BeginAsync();
        _world.Time.Advance(_life - TimeSpan.FromMinutes(50));
        await GoBackAsync();

        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await TickAsync();

        Assert.Contains("orders due", await BegunAsync());
    }

    [Fact]
    public async Task Storage_Away_IsSaidOnceEachTime()
    {
        await BeginAsync();
        var (waits, over) = (0, new TaskCompletionSource());
        _world.Time.Meanwhile = _ =>
        {
            // Away for five looks, there for one, and away again.
            _world.Tables.IsAway = ++waits is not 5;
            if (waits == 9)
            {
                over.SetResult();
            }

            return waits < 9 ? Task.CompletedTask : new TaskCompletionSource().Task;
        };
        _world.Tables.IsAway = true;

        await _world.Process.Scheduler.StartAsync(ControlWorld.Cancellation);
        await over.Task.WaitAsync(ControlWorld.Cancellation);
        await _world.Process.Scheduler.StopAsync(ControlWorld.Cancellation);

        Assert.Equal(2, _world.Log.Lines.Count(line => line.Contains("It cannot be seen which certificates are due", StringComparison.Ordinal)));
    }

    // Away hid it, and nobody would have known that nothing is renewed.
    [Fact]
    public async Task Failure_OfAnotherKind_IsSaidAsWell()
    {
        await BeginAsync();
        var other = _world.Start(["orders"], trustDomain: "fabrikam.internal");
        _world.Tables.IsAway = true;
        await other.Schedule.TryTickAsync(ControlWorld.Cancellation);
        _world.Tables.IsAway = false;

        await other.Schedule.TryTickAsync(ControlWorld.Cancellation);
        await other.Schedule.TryTickAsync(ControlWorld.Cancellation);

        Assert.Single(_world.Log.Lines, line => line.Contains("It cannot be seen which certificates are due", StringComparison.Ordinal));
        Assert.Single(_world.Log.Lines, line => line.Contains("No certificate is renewed: The mesh in storage is", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Storage_SetBackUnderInstancesThatRun_IsSaidOnce()
    {
        await BeginAsync();
        using var authority = new MeshAuthority(_world.Time.GetUtcNow());
        using var leaf = authority.Issue("orders", _world.Time.GetUtcNow());
        await _world.ChangeAsync((bundle, now) => TrustChanges.AddRoot(bundle, authority.Root, now));
        PlantPeer(leaf, (await _world.NewestAsync()).Sequence + 1);

        await TickAsync();
        await TickAsync();

        Assert.Single(_world.Log.Lines, line => line.Contains("Storage was set back", StringComparison.Ordinal) && line.Contains("orders/a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mesh_OfAnotherName_IsSaidWithItsMend()
    {
        await BeginAsync();
        var other = _world.Start(["orders"], trustDomain: "fabrikam.internal");
        var over = new TaskCompletionSource();
        _world.Time.Meanwhile = _ =>
        {
            over.TrySetResult();
            return new TaskCompletionSource().Task;
        };

        await other.Scheduler.StartAsync(ControlWorld.Cancellation);
        await over.Task.WaitAsync(ControlWorld.Cancellation);
        await other.Scheduler.StopAsync(ControlWorld.Cancellation);

        Assert.Contains(_world.Log.Lines, line => line.Contains("No certificate is renewed: The mesh in storage is", StringComparison.Ordinal));
    }

    private void PlantPeer(X509Certificate2 leaf, long sequence)
    {
        var document = PeerReportFormat.Write(new() { Service = "orders", Instance = "a", Sequence = sequence, At = _world.Time.GetUtcNow() });
        var row = new PeerRow { Service = "orders", Instance = "a", Document = document, Certificate = leaf.RawData, Signature = DocumentSignature.Sign(leaf, PeerReportFormat.SignedBytes(document)) };
        _world.Tables[PeerRow.Table].Plant(new(row.ToRow()) { PartitionKey = "orders", RowKey = "a" });
    }

    private async Task BeginAsync()
    {
        await _world.BeginAsync();
        await UseAsync(_life);
    }

    private async Task UseAsync(TimeSpan life)
    {
        await _world.UseAsync("orders", "0A", life);
        await _world.UseAsync("echo", "0B", life);
    }

    private async Task GoBackAsync()
    {
        _world.Work.Before = _ => Task.FromException(new StepFailedException("It must not be."));
        await _world.Process.Runner.StartAsync("orders", "asked", ControlWorld.Cancellation);
        await _world.Process.Runner.ContinueAsync("orders");
        _world.Work.Before = _ => new TaskCompletionSource().Task;
    }

    private Task TickAsync() => _world.Process.Schedule.TickAsync(ControlWorld.Cancellation);

    private async Task<IReadOnlyList<string>> BegunAsync() =>
    [
        .. (await _world.Process.Runner.Journal.ListAsync(ControlWorld.Cancellation))
            .Where(record => record.Finished is null).Select(record => $"{record.Certificate} {record.Reason}").Order(),
    ];
}
