using ControlPlane.Storage;
using Records.Trust;

namespace ControlPlane.Tests.Trust;

public sealed class MeshBeginningTests : IDisposable
{
    private readonly ControlWorld _world = new();

    private static CancellationToken Cancellation => ControlWorld.Cancellation;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Ensure_ForTheFirstTime_MakesAnAuthorityAndTheFirstBundle()
    {
        await _world.BeginAsync();

        var bundle = await _world.NewestAsync();
        Assert.Equal((1, ControlWorld.TrustDomain), (bundle.Sequence, bundle.TrustDomain));
        Assert.Equal(bundle.Authority, Assert.Single(bundle.Roots).Id);
        Assert.Equal([("echo", null), ("orders", null)], bundle.Workloads.Select(workload => (workload.Service, workload.InUse)));
        Assert.Contains(_world.Log.Lines, line => line.Contains($"The mesh contoso.internal begins with authority {bundle.Authority}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ensure_Again_ChangesNothing()
    {
        await _world.BeginAsync();
        var (bundle, signed) = (await _world.NewestAsync(), _world.Vault.Signed);

        await _world.Start(["echo", "orders"]).Beginning.EnsureAsync(["echo", "orders"], Cancellation);

        Assert.Equal((bundle.Sequence, signed, 1), ((await _world.NewestAsync()).Sequence, _world.Vault.Signed, _world.Vault.Versions));
    }

    [Fact]
    public async Task Ensure_AfterOneThatWasCutOff_TakesTheSameKey()
    {
        _world.Tables[BundleRow.Table].LosesNextWrite = true;
        await Assert.ThrowsAsync<StorageAwayException>(_world.BeginAsync);

        await _world.BeginAsync();

        Assert.Equal((1, "k1"), (_world.Vault.Versions, Assert.Single((await _world.NewestAsync()).Roots).KeyVersion));
    }

    [Fact]
    public async Task Ensure_AnotherIsQuicker_TakesItsMesh()
    {
        await _world.Tables[BundleRow.Table].CreateIfNotExistsAsync(Cancellation);
        _world.Tables[BundleRow.Table].BeforeNextWrite = () => _world.Start(["orders"]).Beginning.EnsureAsync(["orders"], Cancellation);

        await _world.BeginAsync();

        var bundle = await _world.NewestAsync();
        Assert.Equal(["orders", "echo"], bundle.Workloads.Select(workload => workload.Service));
        Assert.Single(bundle.Roots);
    }

    [Fact]
    public async Task Ensure_MoreServicesAndOtherTimes_ArePublished()
    {
        await _world.BeginAsync();

        await _world.Start(["billing"], settings: new() { TrustDomain = ControlWorld.TrustDomain, Poll = TimeSpan.FromSeconds(5) }).Beginning.EnsureAsync(["billing"], Cancellation);

        var bundle = await _world.NewestAsync();
        Assert.Equal((3, TimeSpan.FromSeconds(5)), (bundle.Sequence, bundle.Poll));
        Assert.Equal(["echo", "orders", "billing"], bundle.Workloads.Select(workload => workload.Service));
    }

    [Theory]
    [InlineData("Contoso", "orders", "Write a name in lower case such as contoso.internal.")]
    [InlineData("", "orders", "\"\" is not a trust domain.")]
    [InlineData("contoso.internal", "authority", "call the service something else")]
    [InlineData("contoso.internal", "Orders", "\"Orders\" is not the name of a workload: lower-case letters, digits and hyphens, the first a letter.")]
    public async Task Ensure_WrongName_IsRefusedWithWhatToDo(string trustDomain, string service, string expected)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => _world.Start([service], trustDomain).Beginning.EnsureAsync([service], Cancellation));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (_world.Vault.Versions, _world.Tables.Calls));
    }

    [Fact]
    public async Task Ensure_OfAnotherTrustDomain_IsRefused()
    {
        await _world.BeginAsync();

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => _world.Start(["orders"], "fabrikam.internal").Beginning.EnsureAsync(["orders"], Cancellation));

        Assert.Contains("The mesh in storage is contoso.internal, and this control plane is told that it is fabrikam.internal.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _world.NewestAsync()).Sequence);
    }
}
