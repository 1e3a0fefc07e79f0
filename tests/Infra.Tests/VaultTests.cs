namespace Infra.Tests;

public class VaultTests
{
    [Fact]
    public async Task Vaults_All_AreGovernedByRolesAlone()
    {
        var vaults = Vaults(await Deployment.Plain);

        Assert.Equal(["kv-control", "kv-gateway", "kv-samples", "kv-shared"], vaults.Select(vault => vault.Name).Order(StringComparer.Ordinal));
        Assert.All(vaults, vault =>
        {
            Assert.Equal("true", vault.Text("enableRbacAuthorization"));
            Assert.Null(vault["accessPolicies"]);
            Assert.Equal("true", vault.Text("enableSoftDelete"));
            Assert.Equal("false", vault.Text("enabledForDeployment"));
            Assert.Equal("false", vault.Text("enabledForDiskEncryption"));
            Assert.Equal("false", vault.Text("enabledForTemplateDeployment"));
        });
    }

    [Fact]
    public async Task Vaults_ByDefault_OnlyTheAuthoritysCannotBePurged()
    {
        var vaults = Vaults(await Deployment.Plain);

        Assert.Equal(["kv-control"], vaults.Where(vault => vault.Text("enablePurgeProtection") == "true").Select(vault => vault.Name));
    }

    // False is no answer that the service takes.
    [Fact]
    public async Task Vaults_PurgeProtectionOff_DoNotSpeakOfIt() =>
        Assert.All(Vaults(await Deployment.Full), vault => Assert.Null(vault["enablePurgeProtection"]));

    [Fact]
    public async Task Vaults_All_AreAudited()
    {
        var deployment = await Deployment.Plain;

        var audits = deployment.All("Microsoft.Insights/diagnosticSettings");

        Assert.All(Vaults(deployment), vault => Assert.Contains(audits, audit => audit.Id.StartsWith($"{vault.Id}/", StringComparison.Ordinal)));
        Assert.All(audits, audit => Assert.Contains("\"audit\"", audit["logs"]!.ToJsonString(), StringComparison.Ordinal));
    }

    private static IReadOnlyList<Resource> Vaults(Deployment deployment) => deployment.All("Microsoft.KeyVault/vaults");
}
