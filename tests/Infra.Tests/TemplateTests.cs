using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Infra.Tests;

public partial class TemplateTests
{
    [Fact]
    public async Task Template_Compiled_NothingIsComplainedOf()
    {
        Assert.Equal("", (await Template.Main).Complaints);
        Assert.Empty((await Deployment.Plain).Diagnostics);
        Assert.Empty((await Deployment.Full).Diagnostics);
    }

    [Fact]
    public async Task Parameters_All_CanBeSetByAzdAndHaveTheSameDefaults()
    {
        var declared = (await Template.Main).Json["parameters"]!.AsObject();

        var given = Parameters();

        Assert.Equal(declared.Select(parameter => parameter.Key), given.Select(parameter => parameter.Key));
        Assert.All(declared.Where(parameter => parameter.Value!["defaultValue"] is not null), parameter =>
            Assert.Equal(parameter.Value!["defaultValue"]!.ToString(), Placeholder().Match(given[parameter.Key]!["value"]!.ToString()).Groups["default"].Value));
    }

    [Fact]
    public async Task Parameters_All_SayWhatTheyAreFor()
    {
        var declared = (await Template.Main).Json["parameters"]!.AsObject();

        Assert.All(declared, parameter => Assert.False(string.IsNullOrWhiteSpace(parameter.Value!["metadata"]?["description"]?.ToString()), parameter.Key));
    }

    [Fact]
    public void Parameters_All_AreInTheHandbook()
    {
        var handbook = Repository.Read("docs", "deploy.md");

        Assert.All(Parameters(), parameter => Assert.Contains($"`{Placeholder().Match(parameter.Value!["value"]!.ToString()).Groups["name"].Value}`", handbook, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tags_Azd_FindsEnvironmentAndServices()
    {
        var deployment = await Deployment.Plain;
        var services = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(Repository.Read("azure.yaml"))["services"];

        var tagged = deployment.All("Microsoft.Web/sites").Select(site => site.Json["tags"]!["azd-service-name"]!.ToString());

        Assert.All(deployment.Resources.Where(resource => resource.Json["location"] is not null), resource => Assert.Equal("test", resource.Json["tags"]?["azd-env-name"]?.ToString()));
        Assert.Equal(((Dictionary<object, object>)services).Keys.Select(key => (string)key).Order(StringComparer.Ordinal), tagged.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Outputs_Hooks_FindWhatTheyNeed()
    {
        var outputs = (await Deployment.Plain).Outputs.Select(output => output.Key);

        Assert.Equal(
            [
                "AZURE_LOCATION", "AZURE_RESOURCE_GROUP", "AZURE_TENANT_ID", "CONTROL_PLANE_URL", "CONTROL_PLANE_VAULT_URL", "GATEWAY_URL",
                "SERVICE_CONTROLPLANE_NAME", "SERVICE_FRONTDOOR_NAME", "SERVICE_SAMPLES_NAME", "SHARED_VAULT_URL",
            ],
            outputs.Order(StringComparer.Ordinal));
    }

    private static JsonObject Parameters() => JsonNode.Parse(Repository.Read("infra", "main.parameters.json"))!["parameters"]!.AsObject();

    [GeneratedRegex(@"^\$\{(?<name>\w+)(=(?<default>[^}]*))?\}$")]
    private static partial Regex Placeholder();
}
