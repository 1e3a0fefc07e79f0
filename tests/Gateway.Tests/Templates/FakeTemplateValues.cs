using System.Text.Json;
using Gateway.Templates;

namespace Gateway.Tests.Templates;

/// <summary>Values by their name in a template: "id", "query.q", "header.h", "claim.c"; parts as JSON.</summary>
internal sealed class FakeTemplateValues(params (string Name, string Value)[] values) : ITemplateValues
{
    public Dictionary<string, string> Parts { get; } = [];

    public string? Path(string name) => Find(name);

    public string? Query(string name) => Find("query." + name);

    public string? Header(string name) => Find("header." + name);

    public string? Claim(string name) => Find("claim." + name);

    public JsonElement Part(string part, IReadOnlyList<string> pointer) =>
        Parts.TryGetValue(part, out var json) ? JsonText.Follow(JsonElement.Parse(json), pointer) : default;

    private string? Find(string name) => values.FirstOrDefault(value => value.Name == name).Value;
}
