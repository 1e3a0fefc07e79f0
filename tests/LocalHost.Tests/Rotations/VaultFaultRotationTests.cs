using ControlPlane.Rotations;
using LocalHost.Members;
using LocalHost.Vault.Access;
using LocalHost.Vault.Faults;

namespace LocalHost.Tests.Rotations;

/// <summary>Vaults that fail at any call of a rotation, whether they did what was asked for or not. The clients do not try again of themselves here.</summary>
public sealed class VaultFaultRotationTests(RotationStores stores) : IClassFixture<RotationStores>, IAsyncLifetime
{
    private static readonly RotationOptions _options = new() { LeafLife = TimeSpan.FromMinutes(3) };

    // Every kind of call that a leaf's rotation makes, and how many of it.
    private static readonly (string Vault, VaultKind Kind, VaultVerb Verb, int Times)[] _calls =
    [
        (RotationStores.Orders, VaultKind.Certificates, VaultVerb.ListVersions, 2),
        (RotationStores.Orders, VaultKind.Certificates, VaultVerb.GetPending, 1),
        (RotationStores.Orders, VaultKind.Certificates, VaultVerb.Create, 1),
        (RotationStores.Orders, VaultKind.Certificates, VaultVerb.Merge, 1),
        (RotationStores.Orders, VaultKind.Certificates, VaultVerb.Get, 2),
        (RotationStores.Orders, VaultKind.Certificates, VaultVerb.Update, 1),
        (LocalVaults.ControlPlane, VaultKind.Keys, VaultVerb.Get, 1),
        (LocalVaults.ControlPlane, VaultKind.Keys, VaultVerb.Sign, 3),
    ];

    public async ValueTask InitializeAsync() => await stores.BeginAsync(_options);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(VaultFault.Throttled)]
    [InlineData(VaultFault.Unavailable)]
    [InlineData(VaultFault.BrokenBefore)]
    [InlineData(VaultFault.BrokenAfter)]
    internal async Task Leaf_FaultAtAnyCall_IsRotatedOnceAllTheSame(VaultFault fault)
    {
        await using var life = stores.Live(options: _options);
        foreach (var (vault, kind, verb, times) in _calls)
        {
            for (var call = 0; call < times; call++)
            {
                Plan(vault, kind, verb, fault, call);

                var outcome = await life.RunAsync(RotationStores.Orders);

                Assert.Equal(RotationEnd.Rotated, outcome?.End);
                await EndState.AssertLeafAsync(life, RotationStores.Orders);
            }
        }
    }

    [Theory]
    [InlineData(VaultFault.Unavailable)]
    [InlineData(VaultFault.BrokenBefore)]
    [InlineData(VaultFault.BrokenAfter)]
    internal async Task Authority_FaultAtEveryOtherCall_IsReplacedOnceAllTheSame(VaultFault fault)
    {
        await using var life = stores.Live(options: _options);
        foreach (var verb in new[] { VaultVerb.ListVersions, VaultVerb.Create, VaultVerb.Get, VaultVerb.Sign, VaultVerb.Update })
        {
            PlanEveryOther(LocalVaults.ControlPlane, VaultKind.Keys, verb, fault);
        }

        foreach (var (vault, kind, verb, _) in _calls.Where(call => call.Vault == RotationStores.Orders))
        {
            PlanEveryOther(vault, kind, verb, fault);
        }

        var outcome = await life.RunAsync(RotationJournal.Authority);

        Assert.Equal(RotationEnd.Rotated, outcome?.End);
        await EndState.AssertAuthorityAsync(life);
    }

    // A call that is held and let go at once is a call that succeeds.
    private void Plan(string vault, VaultKind kind, VaultVerb verb, VaultFault fault, int goodBefore)
    {
        var faults = stores.Vault(vault).Faults;
        for (var good = 0; good < goodBefore; good++)
        {
            faults.HangNext(kind, verb).Release();
        }

        faults.Next(kind, verb, fault);
    }

    private void PlanEveryOther(string vault, VaultKind kind, VaultVerb verb, VaultFault fault)
    {
        for (var times = 0; times < 4; times++)
        {
            stores.Vault(vault).Faults.Next(kind, verb, fault);
            stores.Vault(vault).Faults.HangNext(kind, verb).Release();
        }
    }
}
