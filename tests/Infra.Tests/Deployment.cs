using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>
/// What a deployment would create, all modules and loops worked out by the compiler. What only Azure knows, such as object ids, stays an expression; here it
/// is shortened to {module.output}.
/// </summary>
internal sealed partial class Deployment
{
    public const string Deployer = "11111111-1111-1111-1111-111111111111";
    private const string Subscription = "00000000-0000-0000-0000-000000000001";

    private static readonly Lazy<Task<Deployment>> _plain = new(() => PlanAsync("plain", $"param principalId = '{Deployer}'"));
    private static readonly Lazy<Task<Deployment>> _full = new(() => PlanAsync("full", """
        param privateNetwork = true
        param purgeProtection = false
        param frontDoorAlwaysReady = 1
        param durableAlwaysReady = 2
        param instanceMemoryMB = 2048
        param placeholderDotnetIsolated = '0'
        param otlpEndpoint = 'https://collector.example'
        param controlPlaneAudience = 'api://control'
        param alertEmail = 'operator@example.org'
        """));

    private Deployment(JsonObject plan)
    {
        var resources = plan["predictedResources"]!.AsArray().Select(resource => resource!.AsObject()).ToArray();
        var token = resources.First(resource => IsA(resource, "Microsoft.OperationalInsights/workspaces"))["name"]!.ToString()["log-".Length..];
        Resources = [.. resources.Select(resource => new Resource(Readable(resource, token).AsObject()))];
        Outputs = Readable(plan["outputs"]!, token).AsObject();
        Diagnostics = plan["diagnostics"]!.AsArray();
    }

    /// <summary>Nothing but defaults, by somebody who may read the management key.</summary>
    public static Task<Deployment> Plain => Of(_plain);

    /// <summary>With all that parameters can add, and nobody who may read the management key.</summary>
    public static Task<Deployment> Full => Of(_full);

    public IReadOnlyList<Resource> Resources { get; }

    public JsonObject Outputs { get; }

    public JsonArray Diagnostics { get; }

    public IReadOnlyList<Resource> All(string type) => [.. Resources.Where(resource => resource.Type == type)];

    public Resource One(string type, string name) => Resources.Single(resource => resource.Type == type && resource.Name == name);

    private static Task<Deployment> Of(Lazy<Task<Deployment>> deployment)
    {
        Assert.SkipUnless(Bicep.Runs, "The Bicep compiler of the package feed runs on 64-bit Linux only");
        return deployment.Value;
    }

    private static async Task<Deployment> PlanAsync(string name, string parameters)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "plans")).FullName;
        var file = Path.Combine(folder, $"{name}.bicepparam");
        var main = Path.GetRelativePath(folder, Path.Combine(Repository.Root, "infra", "main.bicep"));
        await File.WriteAllTextAsync(file, $"using '{main}'\nparam environmentName = 'test'\nparam location = 'westeurope'\n{parameters}\n");

        await Bicep.RunAsync(
            "snapshot", file, "--mode", "overwrite", "--subscription-id", Subscription, "--tenant-id", "00000000-0000-0000-0000-000000000002", "--location", "westeurope");
        return new(JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(file, ".snapshot.json")))!.AsObject());
    }

    private static bool IsA(JsonObject resource, string type) => resource["type"]!.ToString() == type;

    private static JsonNode Readable(JsonNode node, string token)
    {
        var text = node.ToJsonString().Replace("\\u0027", "'", StringComparison.Ordinal).Replace($"-{token}", "", StringComparison.Ordinal)
            .Replace(token, "", StringComparison.Ordinal);
        text = ModuleOutput().Replace(text, output => $"{{{output.Groups["module"]}{output.Groups["index"]}.{output.Groups["output"].Value.Replace(".value", "", StringComparison.Ordinal)}}}");
        return JsonNode.Parse(text.Replace($"/subscriptions/{Subscription}/resourceGroups/rg-test/providers/", "", StringComparison.Ordinal))!;
    }

    [GeneratedRegex(@"reference\(resourceId\('[^']*', 'rg-test', 'Microsoft\.Resources/deployments', format\('(?<module>\w+)-\{0\}(-\{1\}', (?<index>\d))?[^""]*?, '\d{4}-\d\d-\d\d'\)\.outputs\.(?<output>[\w.]+)")]
    private static partial Regex ModuleOutput();
}
