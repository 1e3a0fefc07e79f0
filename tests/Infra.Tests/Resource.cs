using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>Something that a deployment would create.</summary>
internal sealed class Resource(JsonObject json)
{
    public JsonObject Json => json;

    public string Id => json["id"]!.ToString();

    public string Type => json["type"]!.ToString();

    public string Name => json["name"]!.ToString();

    public override string ToString() => $"{Type} {Name}";

    /// <summary>The value below its properties at names that are parted by dots. Null: it is not there, or null.</summary>
    public JsonNode? this[string path] => path.Split('.').Aggregate(json["properties"], (node, name) => node is JsonObject members ? members[name] : null);

    /// <summary>As text, true and false in small letters. Empty: it is not there.</summary>
    public string Text(string path) => this[path]?.ToString() ?? "";

    /// <summary>Settings of an app, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings() =>
        this["siteConfig.appSettings"]!.AsArray().ToDictionary(setting => setting!["name"]!.ToString(), setting => setting!["value"]!.ToString());
}
