namespace Infra.Tests;

public class RightsTests
{
    // Complete: what is not here, nobody may. Names without the part that makes them unique.
    private const string Rights = """
        control plane        | Key Vault Crypto Officer          | kv-control
        control plane        | Key Vault Secrets Officer         | kv-control
        deployer             | Key Vault Secrets User            | kv-control
        front door           | Key Vault Secrets User            | kv-gateway
        control plane        | Key Vault Certificates Officer    | kv-gateway
        samples              | Key Vault Secrets User            | kv-samples
        control plane        | Key Vault Certificates Officer    | kv-samples
        front door           | Key Vault Secrets User            | kv-shared
        control plane        | Key Vault Secrets Officer         | kv-shared
        front door           | Storage Table Data Contributor    | stdata/limits
        front door           | Storage Table Data Contributor    | stdata/usage
        front door           | Storage Table Data Contributor    | stdata/peers
        front door           | Storage Table Data Reader         | stdata/consumers
        front door           | Storage Table Data Reader         | stdata/keys
        front door           | Storage Table Data Reader         | stdata/trust
        front door           | Storage Blob Data Reader          | stdata/releases
        samples              | Storage Table Data Contributor    | stdata/peers
        samples              | Storage Table Data Reader         | stdata/trust
        control plane        | Storage Table Data Contributor    | stdata/limits
        control plane        | Storage Table Data Contributor    | stdata/consumers
        control plane        | Storage Table Data Contributor    | stdata/keys
        control plane        | Storage Table Data Contributor    | stdata/trust
        control plane        | Storage Table Data Contributor    | stdata/peers
        control plane        | Storage Table Data Contributor    | stdata/rotations
        control plane        | Storage Table Data Contributor    | stdata/usage
        control plane        | Storage Blob Data Contributor     | stdata/releases
        front door           | Storage Blob Data Owner           | stfront
        control plane        | Storage Blob Data Owner           | stcontrol
        control plane        | Storage Queue Data Contributor    | stcontrol
        control plane        | Storage Table Data Contributor    | stcontrol
        events of kv-gateway | Storage Queue Data Message Sender | stcontrol/nudges
        events of kv-samples | Storage Queue Data Message Sender | stcontrol/nudges
        samples              | Storage Blob Data Owner           | stsamples
        samples              | Storage Table Data Contributor    | stsamples
        front door           | Monitoring Metrics Publisher      | appi
        control plane        | Monitoring Metrics Publisher      | appi
        samples              | Monitoring Metrics Publisher      | appi
        """;

    [Fact]
    public async Task Rights_Plain_AreTheListed() => Assert.Equal(Sorted(Right.Table(Rights)), Sorted(In(await Deployment.Plain)));

    [Fact]
    public async Task Rights_NoDeployerNamed_AreTheListedWithoutThem() =>
        Assert.Equal(Sorted(Right.Table(Rights).Where(right => right.Who != "deployer")), Sorted(In(await Deployment.Full)));

    [Fact]
    public async Task Roles_Custom_ThereIsNone()
    {
        var deployment = await Deployment.Plain;

        Assert.DoesNotContain(deployment.Resources, resource => resource.Type.EndsWith("roleDefinitions", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task FrontDoor_AnyVault_CannotSignOrIssue()
    {
        var rights = In(await Deployment.Plain).Where(right => right.Who == "front door" && right.On.StartsWith("kv-", StringComparison.Ordinal));

        Assert.All(rights, right => Assert.Equal("Key Vault Secrets User", right.Role));
        Assert.DoesNotContain(rights, right => right.On is "kv-control" or "kv-samples");
    }

    [Fact]
    public async Task ControlPlane_VaultOfALeaf_CannotReadKeys()
    {
        var rights = In(await Deployment.Plain).Where(right => right.Who == "control plane" && right.On is "kv-gateway" or "kv-samples");

        Assert.DoesNotContain(rights, right => right.Role.Contains("Secrets", StringComparison.Ordinal));
    }

    private static IEnumerable<Right> In(Deployment deployment) => deployment.All("Microsoft.Authorization/roleAssignments").Select(Right.Of);

    private static string[] Sorted(IEnumerable<Right> rights) => [.. rights.Select(right => right.ToString()).Order(StringComparer.Ordinal)];
}
