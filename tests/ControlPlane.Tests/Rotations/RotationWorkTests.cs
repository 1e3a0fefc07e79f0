using ControlPlane.Rotations;

namespace ControlPlane.Tests.Rotations;

public sealed class RotationWorkTests
{
    [Fact]
    public async Task Retire_InAVaultThatIsNotKnownAnyMore_IsDone()
    {
        var work = new RotationWork(new(new Dictionary<string, ControlPlane.Vault.VaultCertificates>()), null!, null!, null!, null!);

        await work.RetireAsync("left-1", "left", "v1", TestContext.Current.CancellationToken);
    }
}
