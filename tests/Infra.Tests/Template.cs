using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>infra/main.bicep, compiled.</summary>
internal sealed class Template
{
    private static readonly Lazy<Task<Template>> _main = new(CompileAsync);

    private Template(string text, string complaints)
    {
        Text = text;
        Complaints = complaints;
        Json = JsonNode.Parse(text)!.AsObject();
    }

    public static Task<Template> Main
    {
        get
        {
            Assert.SkipUnless(Bicep.Runs, "The Bicep compiler of the package feed runs on 64-bit Linux only");
            return _main.Value;
        }
    }

    public string Text { get; }

    public string Complaints { get; }

    public JsonObject Json { get; }

    /// <summary>Every text in it, wherever it stands.</summary>
    public IEnumerable<string> Texts() => TextsIn(Json);

    private static IEnumerable<string> TextsIn(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => TextsIn(member.Value)),
        JsonArray items => items.SelectMany(TextsIn),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static async Task<Template> CompileAsync()
    {
        var (text, complaints) = await Bicep.RunAsync("build", Path.Combine(Repository.Root, "infra", "main.bicep"), "--stdout");
        return new(text, complaints);
    }
}
