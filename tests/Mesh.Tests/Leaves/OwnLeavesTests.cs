using Mesh.Leaves;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Records.Trust;

namespace Mesh.Tests.Leaves;

public sealed class OwnLeavesTests : IDisposable
{
    private readonly MeshWorld _world = new();
    private readonly MemoryVault _vault = new();
    private readonly FakeLogger<LeafLoads> _log = new();
    private readonly OwnLeaves _leaves;

    public OwnLeavesTests() => _leaves = new("orders", new(_vault, _world.Time, new Random(1), _world.Status, _log));

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Refresh_WhatTheBundleNames_IsLoadedOnce()
    {
        var workload = Names(Issue("v1"), Issue("v2"));

        await RefreshAsync(workload);
        var isComplete = await RefreshAsync(workload);

        Assert.True(isComplete);
        Assert.Equal(("v1", "v2"), (_leaves.InUse!.Version, _leaves.Candidate!.Version));
        Assert.Equal(["v1", "v2"], _vault.Asked);
        Assert.Null(_leaves.RetryIn);
    }

    [Fact]
    public async Task Refresh_ACandidateThatIsPutInUse_NeedsNoVault()
    {
        var (one, two) = (Issue("v1"), Issue("v2"));
        await RefreshAsync(Names(one, two));
        _vault.IsAway = true;

        var isComplete = await RefreshAsync(Names(two));

        Assert.True(isComplete);
        Assert.Equal(("v2", null), (_leaves.InUse!.Version, _leaves.Candidate));
    }

    [Fact]
    public async Task Refresh_BackToTheVersionBefore_NeedsNoVault()
    {
        var (one, two) = (Issue("v1"), Issue("v2"));
        await RefreshAsync(Names(one));
        await RefreshAsync(Names(two, one));
        _vault.IsAway = true;

        Assert.True(await RefreshAsync(Names(one)));
    }

    [Fact]
    public async Task Refresh_VaultAway_KeepsTheEarlierAndTriesAgainLater()
    {
        var (one, two) = (Issue("v1"), Issue("v2"));
        await RefreshAsync(Names(one));
        _vault.IsAway = true;
        var away = await RefreshAsync(Names(two));
        var kept = _leaves.InUse!.Version;
        _vault.IsAway = false;
        var tooEarly = await RefreshAsync(Names(two));
        _world.Time.Advance(_leaves.RetryIn!.Value);

        var back = await RefreshAsync(Names(two));

        Assert.Equal((false, "v1", false, true), (away, kept, tooEarly, back));
        Assert.Equal("v2", _leaves.InUse.Version);
        Assert.Equal(["v1", "v2", "v2"], _vault.Asked);
        Assert.Contains("v2", _world.Status.LastFailure!.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_VaultAwayForLong_WaitsLongerAndSaysItOnce()
    {
        _vault.IsAway = true;
        var named = Names(Issue("v1"));
        var waits = new List<TimeSpan>();
        for (var attempt = 0; attempt < 12; attempt++)
        {
            await RefreshAsync(named);
            waits.Add(_leaves.RetryIn!.Value);
            _world.Time.Advance(waits[^1]);
        }

        Assert.Equal(12, _vault.Asked.Count);
        Assert.InRange(waits[0], TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        Assert.InRange(waits[^1], TimeSpan.FromSeconds(48), TimeSpan.FromSeconds(72));
        Assert.Equal(LogLevel.Error, Assert.Single(_log.Collector.GetSnapshot()).Level);
    }

    [Fact]
    public async Task Refresh_AnotherSerialThanNamed_IsNotUsed()
    {
        var named = Issue("v1");
        _vault.Put("v1", _world.Leaf("orders", "v1").Leaf);

        Assert.False(await RefreshAsync(Names(named)));
        Assert.Null(_leaves.InUse);
    }

    [Fact]
    public async Task Refresh_NothingIssued_IsCompleteWithNone()
    {
        Assert.True(await RefreshAsync(null));
        Assert.Null(_leaves.InUse);
    }

    private Task<bool> RefreshAsync(Workload? named) => _leaves.RefreshAsync(_world.Bundle(1, bundle => bundle with { Workloads = named is null ? [] : [named] }), TestContext.Current.CancellationToken);

    private static Workload Names(LeafVersion inUse, LeafVersion? candidate = null) => new() { Service = "orders", InUse = inUse, Candidate = candidate };

    private LeafVersion Issue(string version)
    {
        var (leaf, named) = _world.Leaf("orders", version);
        _vault.Put(version, leaf);
        return named;
    }
}
