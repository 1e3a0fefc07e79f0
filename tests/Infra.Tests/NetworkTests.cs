namespace Infra.Tests;

public class NetworkTests
{
    [Fact]
    public async Task Network_Plain_ThereIsNone()
    {
        var deployment = await Deployment.Plain;

        Assert.DoesNotContain(deployment.Resources, resource => resource.Type.StartsWith("Microsoft.Network/", StringComparison.Ordinal));
        Assert.All(deployment.All("Microsoft.Web/sites"), app => Assert.Null(app["virtualNetworkSubnetId"]));
    }

    [Fact]
    public async Task Doors_Private_AreShutToAllButEventGrid()
    {
        var deployment = await Deployment.Full;

        Resource[] guarded = [.. deployment.All("Microsoft.Storage/storageAccounts"), .. deployment.All("Microsoft.KeyVault/vaults")];

        Assert.Equal(8, guarded.Length);
        Assert.All(guarded, resource =>
        {
            var letsEventGridIn = resource.Name == "stcontrol";
            Assert.Equal("Deny", resource.Text("networkAcls.defaultAction"));
            Assert.Equal(letsEventGridIn ? "Enabled" : "Disabled", resource.Text("publicNetworkAccess"));
            Assert.Equal(letsEventGridIn ? "AzureServices" : "None", resource.Text("networkAcls.bypass"));
        });
    }

    [Fact]
    public async Task Endpoints_Private_LeadToAllThatAppsUse()
    {
        var endpoints = (await Deployment.Full).All("Microsoft.Network/privateEndpoints").Select(endpoint => endpoint["privateLinkServiceConnections"]![0]!["properties"]!);

        Assert.Equal(
            [
                "blob of [{stores.controlPlaneHost.id}]", "blob of [{stores.data.id}]", "blob of [{stores.frontDoorHost.id}]", "blob of [{stores.samplesHost.id}]",
                "queue of [{stores.controlPlaneHost.id}]",
                "table of [{stores.controlPlaneHost.id}]", "table of [{stores.data.id}]", "table of [{stores.samplesHost.id}]",
                "vault of [{vaults.authority.id}]", "vault of [{vaults.gateway.id}]", "vault of [{vaults.samples.id}]", "vault of [{vaults.shared.id}]",
            ],
            endpoints.Select(endpoint => $"{endpoint["groupIds"]![0]} of {endpoint["privateLinkServiceId"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Apps_Private_EachHasASubnetThatIsItsOwn()
    {
        var deployment = await Deployment.Full;

        var subnets = deployment.All("Microsoft.Network/virtualNetworks").Single()["subnets"]!.AsArray();
        var apps = deployment.All("Microsoft.Web/sites");

        Assert.Equal(["endpoints", "frontdoor", "controlplane", "samples"], subnets.Select(subnet => subnet!["name"]!.ToString()));
        Assert.Equal(4, subnets.Select(subnet => subnet!["properties"]!["addressPrefix"]!.ToString()).Distinct().Count());
        Assert.All(subnets.Skip(1), subnet => Assert.Contains("Microsoft.App/environments", subnet!.ToJsonString(), StringComparison.Ordinal));
        Assert.All(apps, app => Assert.Contains($"'{app.Name["func-".Length..]}'", app.Text("virtualNetworkSubnetId"), StringComparison.Ordinal));
    }
}
