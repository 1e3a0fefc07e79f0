using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using YamlDotNet.Serialization;

namespace Infra.Tests;

public partial class SchemaTests
{
    [Fact]
    public async Task AzureYaml_Committed_IsValid() => Assert.Empty(await ValidateAzureYamlAsync(Repository.Read("azure.yaml")));

    [Theory]
    [InlineData("services: { a: { host: function } }")]
    [InlineData("name: gateway\nservices: { a: { project: ./a } }")]
    [InlineData("name: gateway\nservices: {}")]
    [InlineData("name: gateway\nservices: { a: { host: [function] } }")]
    public async Task AzureYaml_Mistake_IsInvalid(string text) => Assert.NotEmpty(await ValidateAzureYamlAsync(text));

    [Fact]
    public async Task HostJson_Committed_IsValid() => Assert.Empty(await ValidateHostJsonAsync(HostJson()));

    [Fact]
    public async Task HostJson_Mistake_IsInvalid()
    {
        var mistaken = HostJson();
        mistaken["extensions"]!["http"]!["routePrefix"] = 1;

        Assert.NotEmpty(await ValidateHostJsonAsync(mistaken));
    }

    [Fact]
    public void HostJson_Routes_BeginAtTheRoot() => Assert.Equal("", HostJson()["extensions"]!["http"]!["routePrefix"]!.ToString());

    [Fact]
    public void HostJson_Host_TracesInTheOpenAndKeepsItsOwnHub()
    {
        Assert.Equal("OpenTelemetry", HostJson()["telemetryMode"]!.ToString());
        Assert.Equal("GatewayControl", HostJson()["extensions"]!["durableTask"]!["hubName"]!.ToString());
    }

    private static JsonNode HostJson() => JsonNode.Parse(Repository.Read("host.json"))!;

    private static async Task<ICollection<string>> ValidateAzureYamlAsync(string text)
    {
        var json = new SerializerBuilder().JsonCompatible().Build().Serialize(new DeserializerBuilder().Build().Deserialize<object>(text));
        return await ValidateAsync("azure.yaml.v1.0.schema.json", json);
    }

    private static Task<ICollection<string>> ValidateHostJsonAsync(JsonNode json) => ValidateAsync("host.schema.json", json.ToJsonString());

    private static async Task<ICollection<string>> ValidateAsync(string file, string json)
    {
        Assert.SkipWhen(Repository.Data is null, "shared/data/schemas is not here");
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Data!, "schemas", file));

        // Other files that it names describe services which we have none of.
        var schema = await JsonSchema.FromJsonAsync(Elsewhere().Replace(text, "\"type\": \"object\""));
        return [.. schema.Validate(json).Select(error => error.ToString())];
    }

    [GeneratedRegex("\"\\$ref\": \"http[^\"]+\"")]
    private static partial Regex Elsewhere();
}
