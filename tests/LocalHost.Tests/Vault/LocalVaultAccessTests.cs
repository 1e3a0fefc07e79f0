using LocalHost.Vault;

namespace LocalHost.Tests.Vault;

/// <summary>A second process reaches the vaults of the first by what is in the folder.</summary>
public sealed class LocalVaultAccessTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    private static CancellationToken Cancellation => VaultWorld.Cancellation;

    [Fact]
    public async Task Joined_ReachesTheVault()
    {
        await world.Secrets().SetSecretAsync("shared", "one", Cancellation);
        using var joined = LocalFolder.Join(world.Folder.FullPath);
        using var access = new LocalVaultAccess(joined, VaultWorld.Workload, TimeProvider.System);

        var secret = await access.Secrets(access.AddressOf("main")).GetSecretAsync("shared", cancellationToken: Cancellation);

        Assert.Equal("one", secret.Value.Value);
    }

    [Fact]
    public void AddressOf_AVaultThatNeverStarted_SaysSo()
    {
        var failure = Assert.Throws<StartFailure>(() => world.As(VaultWorld.Workload).AddressOf("customers"));

        Assert.Contains("customers", failure.Message, StringComparison.Ordinal);
    }
}
