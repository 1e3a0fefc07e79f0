using ControlPlane.Rotations;
using LocalHost.Members;

namespace LocalHost.Tests.Rotations;

/// <summary>A vault that is stopped while certificates rotate.</summary>
public sealed class VaultAwayTests(RotationStores stores) : IClassFixture<RotationStores>
{
    [Theory]
    [InlineData(RotationStores.Orders)]
    [InlineData(LocalVaults.ControlPlane)]
    public async Task Vault_AwayAndBack_TheRotationGoesOn(string vault)
    {
        await BeginAsync();
        await using var life = stores.Live();
        await stores.StopVaultAsync(vault);
        var retries = 0;
        stores.Time.Meanwhile = _ => ++retries == 4 ? stores.StartVaultAsync(vault) : Task.CompletedTask;

        var outcome = await life.RunAsync(RotationStores.Orders);

        Assert.Equal(RotationEnd.Rotated, outcome!.End);
        Assert.True(retries >= 4);
        await EndState.AssertLeafAsync(life, RotationStores.Orders);
    }

    [Theory]
    [InlineData(RotationStores.Orders)]
    [InlineData(LocalVaults.ControlPlane)]
    public async Task Vault_AwayBeyondThePatience_GoesBackSaysSoAndIsRotatedLater(string vault)
    {
        await BeginAsync();
        await using var life = stores.Live();
        var before = (await life.NewestAsync()).Workload(RotationStores.Orders)!.InUse;
        stores.Time.Meanwhile = null;
        await stores.StopVaultAsync(vault);

        var outcome = await life.RunAsync(RotationStores.Orders);

        Assert.Equal(RotationEnd.RolledBack, outcome!.End);
        Assert.Matches("^It was tried again and again: The vault .* cannot be reached\\.$", outcome.Reason);
        Assert.Equal(before, (await life.NewestAsync()).Workload(RotationStores.Orders)!.InUse);
        await stores.StartVaultAsync(vault);
        Assert.Equal(RotationEnd.Rotated, (await life.RunAsync(RotationStores.Orders))!.End);
    }

    private async Task BeginAsync()
    {
        stores.Time.Meanwhile = null;
        await stores.BeginAsync();
    }
}
