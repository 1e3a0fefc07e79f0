using ControlPlane.Rotations;
using ControlPlane.Storage;
using ControlPlane.Trust;
using ControlPlane.Vault;
using Mesh.Trust;
using Records.Trust;
using Tests.Shared;

namespace ControlPlane.Tests.Trust;

public sealed class BundlePublisherTests : IDisposable
{
    private readonly ControlWorld _world = new();

    private FakeTable Table => _world.Tables[BundleRow.Table];

    public void Dispose() => _world.Dispose();

    // Without that key nothing of the mesh can change: who reads the log or the history must know which it is.
    [Theory]
    [InlineData(true, "The key version k1 of the authority is disabled: enable it in the vault one.vault.azure.net, key mesh-authority.")]
    [InlineData(false, "The key version k1 of the authority is not in the vault one.vault.azure.net: recover the key mesh-authority there.")]
    public async Task Change_WithoutTheAuthoritysKey_NamesItAndItsMend(bool isThere, string message)
    {
        await _world.BeginAsync();
        if (isThere)
        {
            _world.Vault.Disable("k1");
        }
        else
        {
            _world.Vault.Purge();
        }

        var failure = await Assert.ThrowsAsync<VaultAwayException>(() => _world.ChangeAsync((bundle, now) => TrustChanges.AddWorkload(bundle, "billing", now)));

        Assert.Equal((message, message), (failure.Message, StepFaults.ReasonOf(failure)));
    }

    [Fact]
    public async Task Newest_BeforeTheMeshHasBegun_IsAFailure()
    {
        Assert.Null(await _world.Process.Bundles.FindNewestAsync(ControlWorld.Cancellation));
        var failure = await Assert.ThrowsAsync<StepFailedException>(_world.NewestAsync);

        Assert.Equal("The mesh has not begun: there is no trust bundle.", failure.Message);
    }

    [Fact]
    public async Task Change_WhileAnotherPublishes_BothLandInSequence()
    {
        await _world.BeginAsync();
        Table.BeforeNextWrite = () => AddAsync("billing");

        var bundle = await AddAsync("reports");

        Assert.Equal(3, bundle.Sequence);
        Assert.Equal(["echo", "orders", "billing", "reports"], bundle.Workloads.Select(workload => workload.Service));
        await AssertWalkableAsync();
    }

    [Fact]
    public async Task Change_ThatAnotherMadeMeanwhile_IsThereOnce()
    {
        await _world.BeginAsync();
        Table.BeforeNextWrite = async () =>
        {
            await AddAsync("reports");
            await AddAsync("billing");
        };

        var bundle = await AddAsync("billing");

        Assert.Equal(3, bundle.Sequence);
        Assert.Single(bundle.Workloads, workload => workload.Service == "billing");
    }

    [Fact]
    public async Task Change_AnswerLost_IsThereOnce()
    {
        await _world.BeginAsync();
        Table.LosesNextAnswer = true;

        var bundle = await AddAsync("billing");

        Assert.Equal((2, 2), (bundle.Sequence, Table.Rows.Count));
    }

    [Fact]
    public async Task Change_WriteLost_IsAwayAndNotThere()
    {
        await _world.BeginAsync();
        Table.LosesNextWrite = true;

        await Assert.ThrowsAsync<StorageAwayException>(() => AddAsync("billing"));

        Assert.Equal(1, (await _world.NewestAsync()).Sequence);
    }

    [Fact]
    public async Task Change_Refused_PublishesNothingAndSaysWhy()
    {
        await _world.BeginAsync();

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => _world.ChangeAsync((bundle, now) => TrustChanges.Activate(bundle, "orders", "v1", now)));

        Assert.Equal("v1 of orders is no candidate.", failure.Message);
        Assert.Single(Table.Rows);
    }

    [Fact]
    public async Task Change_ThatIsThere_PublishesAndSignsNothing()
    {
        await _world.BeginAsync();
        var signed = _world.Vault.Signed;

        var bundle = await AddAsync("orders");

        Assert.Equal((1, signed), (bundle.Sequence, _world.Vault.Signed));
    }

    private Task<TrustBundle> AddAsync(string service) => _world.ChangeAsync((bundle, now) => TrustChanges.AddWorkload(bundle, service, now));

    // As a peer goes from bundle to bundle: each has to be signed by a root of the one before.
    private async Task AssertWalkableAsync()
    {
        var judge = new BundleJudge(ControlWorld.TrustDomain);
        TrustBundle? before = null;
        var table = new TrustTable(_world.Tables);
        for (var sequence = 1; await table.FindAsync(sequence, ControlWorld.Cancellation) is { } row; sequence++)
        {
            var verdict = judge.Judge(row, before);
            Assert.Null(verdict.Refusal);
            before = verdict.View!.Bundle;
        }

        Assert.Equal((await _world.NewestAsync()).Sequence, before!.Sequence);
    }
}
