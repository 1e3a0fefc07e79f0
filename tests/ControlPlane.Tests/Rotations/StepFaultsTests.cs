using Azure;
using ControlPlane.Rotations;
using ControlPlane.Vault;

namespace ControlPlane.Tests.Rotations;

public sealed class StepFaultsTests
{
    private static readonly Uri _vault = new("https://one.vault.azure.net");

    [Theory]
    [InlineData(403, "Forbidden", "The vault one.vault.azure.net refused a call: 403 Forbidden.")]
    [InlineData(400, null, "The vault one.vault.azure.net refused a call: 400.")]
    [InlineData(409, "Conflict", "The vault one.vault.azure.net refused a call: 409 Conflict. If something of that name was deleted there, recover it or purge it.")]
    public void Reason_OfAVaultsRefusal_NamesTheVaultAndTheMend(int status, string? code, string reason) =>
        Assert.Equal(reason, StepFaults.ReasonOf(new VaultRefusedException(_vault, new RequestFailedException(status, "Secret text.", code, null))));

    [Fact]
    public void Reason_OfAnotherRefusal_SaysNothingOfItsText() =>
        Assert.Equal("A call was refused: 400 Bad.", StepFaults.ReasonOf(new RequestFailedException(400, "Secret text.", "Bad", null)));
}
