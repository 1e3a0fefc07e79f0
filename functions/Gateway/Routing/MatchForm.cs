using System.Text.Json.Nodes;
using Gateway.Configuration;

namespace Gateway.Routing;

/// <summary>"METHOD /path"; "ANY /path" and "/path" take every method.</summary>
internal sealed class MatchForm : TextForm
{
    private const string Any = "ANY";

    public override string Expected => "a match such as GET /orders/{id}";

    public override Parsed Parse(string text)
    {
        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [['/', ..] path] => new(new MatchConfig { Path = path }),
            [Any, ['/', ..] path] => new(new MatchConfig { Path = path }),
            [var methods, ['/', ..]] when methods.Contains(',', StringComparison.Ordinal) =>
                Parsed.Fail($"'{text}' names several methods.", $"Write {{ methods: [{methods.Replace(",", ", ", StringComparison.Ordinal)}], path: \"{parts[1]}\" }}."),
            [var method, ['/', ..] path] => new(new MatchConfig { Methods = [method], Path = path }),
            [_, var path] => Parsed.Fail($"The path '{path}' does not begin with a slash.", $"Write {parts[0]} /{path}."),
            [var word] => Parsed.Fail($"'{word}' is not a match.", $"Write a method and a path: GET /{word}."),
            [] => Parsed.Fail("The match is empty.", "Write a method and a path: GET /orders."),
            _ => Parsed.Fail($"'{text}' has more than a method and a path.", "Write a method, one space and a path; in a path a space is %20."),
        };
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = @"^\s*([^\s,/]+\s+)?/\S*\s*$", ["examples"] = new JsonArray("GET /orders/{id}") };
}
