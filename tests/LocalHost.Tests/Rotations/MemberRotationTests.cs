using ControlPlane.Rotations;
using Records.Trust;

namespace LocalHost.Tests.Rotations;

/// <summary>Rotations of a mesh that lives: its members load, try out, present and acknowledge, all over real sockets.</summary>
public sealed class MemberRotationTests(RotationStores stores) : IClassFixture<RotationStores>
{
    private static readonly RotationOptions _options = new()
    {
        Look = TimeSpan.FromMilliseconds(50),
        FirstRetry = TimeSpan.FromMilliseconds(50),
        StepPatience = TimeSpan.FromMilliseconds(300),
        ConnectionAge = TimeSpan.Zero,
        Skew = TimeSpan.Zero,
    };

    [Fact]
    public async Task Leaf_OfOwnerAndOfCaller_IsTriedByBothAndAcknowledged()
    {
        await stores.BeginAsync(_options, TimeProvider.System);
        await using var members = await MemberWorld.StartAsync(stores);
        await using var life = stores.Live(options: _options, time: TimeProvider.System);
        Assert.Equal("echo", await members.CallAsync());

        foreach (var service in new[] { RotationStores.Orders, RotationStores.Echo })
        {
            var outcome = await life.RunAsync(service);

            // Without a remark: there were instances to try it, and they reached each other.
            Assert.Equal((RotationEnd.Rotated, 0), (outcome!.End, outcome.Remarks.Count));
            Assert.Equal("echo", await members.CallAsync());
            await EndState.AssertLeafAsync(life, service);
        }
    }

    [Fact]
    public async Task Vault_AwayBeyondThePatience_MembersGoOnWithWhatTheyHold()
    {
        await stores.BeginAsync(_options, TimeProvider.System);
        await using var members = await MemberWorld.StartAsync(stores);
        await using var life = stores.Live(options: _options, time: TimeProvider.System);
        var before = (await InUseAsync(life))!;
        await stores.StopVaultAsync(RotationStores.Orders);

        var outcome = await life.RunAsync(RotationStores.Orders);

        Assert.Equal((RotationEnd.RolledBack, before), (outcome!.End, await InUseAsync(life)));
        Assert.Equal("echo", await members.CallAsync());
        await stores.StartVaultAsync(RotationStores.Orders);
        Assert.Equal(RotationEnd.Rotated, (await life.RunAsync(RotationStores.Orders))!.End);
        Assert.NotEqual(before, await InUseAsync(life));
        Assert.Equal("echo", await members.CallAsync());
    }

    private static async Task<LeafVersion?> InUseAsync(ControlPlaneLife life) => (await life.NewestAsync()).Workload(RotationStores.Orders)!.InUse;
}
