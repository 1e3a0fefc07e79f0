using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Gateway.Configuration;
using NJsonSchema;

namespace Gateway.Tests.Configuration;

public class ConfigSchemaTests
{
    private static readonly JsonSerializerOptions _readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Schema_Committed_IsWhatTheRecordsSay()
    {
        var docs = new XmlDocs(XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Gateway.xml")));
        var written = SchemaWriter.Write(docs).ToJsonString(_readable) + "\n";
        var path = Path.Combine(Repository.Root, "functions", "Gateway", "gateway.schema.json");
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") == "1")
        {
            File.WriteAllText(path, written);
        }

        Assert.True(written == File.ReadAllText(path), "gateway.schema.json is not what the records say. Run the tests with UPDATE_SCHEMA=1 and commit it.");
        Assert.Contains("Backends, by name.", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_SampleThatUsesEverything_IsValid() => Assert.Empty(await Validate(SampleConfig.Text));

    [Fact]
    public async Task Schema_ValuesFromTheEnvironment_AreValid() => Assert.Empty(await Validate("""
        version: 1
        keys: { staleFor: "${env:STALE:-5m}" }
        services: { a: { urls: "${env:A}", tls: "${env:TLS:-off}", retry: { attempts: "${env:N:-2}" }, timeout: "${env:T:-2s}" } }
        limits: { a: { rate: "${env:N:-100} per 10s", mode: local } }
        """, fill: false));

    [Theory]
    [InlineData("services: {}")]
    [InlineData("version: one")]
    [InlineData("version: 1\nserivces: {}")]
    [InlineData("version: 1\nservices: { a: { url: http://a } }")]
    [InlineData("version: 1\nservices: { a: { urls: http://a, tls: mtls } }")]
    [InlineData("version: 1\nservices: { a: { urls: http://a, timeout: 10 } }")]
    [InlineData("version: 1\nservices: { a: { urls: http://a, timeout: { connect: 2 sec } } }")]
    [InlineData("version: 1\nservices: { a: { urls: [1] } }")]
    [InlineData("version: 1\nissuers: { a: { authority: https://a } }")]
    [InlineData("version: 1\nlimits: { a: { mode: local } }")]
    [InlineData("version: 1\nkeys: { staleFor: 5 }")]
    [InlineData("version: 1\nroutes: { r: { forward: a } }")]
    [InlineData("version: 1\nroutes: { r: GET }")]
    [InlineData("version: 1\nroutes: { r: { match: GET /, auth: { scopes: a } } }")]
    [InlineData("version: 1\nroutes: { r: { match: GET /, foward: a } }")]
    [InlineData("version: 1\nroutes: { r: { match: GET /, body: { max: 1M } } }")]
    public async Task Schema_Mistake_IsInvalid(string text) => Assert.NotEmpty(await Validate(text));

    [Fact]
    public void Text_IsTheCommittedFile() => Assert.Equal(
        File.ReadAllText(Path.Combine(Repository.Root, "functions", "Gateway", "gateway.schema.json")), ConfigSchema.Text);

    internal static async Task<IEnumerable<string>> Validate(string text, bool fill = true)
    {
        var reading = new Reading("gateway.yaml");
        var node = new YamlReader(text, new(name => fill ? null : $"${{env:{name}}}"), reading).Read()!;
        var json = (JsonNode)new JsonShape().Read(node, reading)!;
        var schema = await JsonSchema.FromJsonAsync(ConfigSchema.Text, TestContext.Current.CancellationToken);
        return schema.Validate(json.ToJsonString()).Select(error => $"{error.Path}: {error.Kind}");
    }
}
