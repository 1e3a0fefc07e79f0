using System.Text.Json.Nodes;

namespace Gateway.Configuration;

/// <summary>A small grammar of its own for a value: "100 per 10s by consumer".</summary>
internal abstract class TextForm
{
    /// <summary>What is expected, with an example.</summary>
    public abstract string Expected { get; }

    /// <summary>The value of a text, or what is wrong with it.</summary>
    public abstract Parsed Parse(string text);

    /// <summary>The text's JSON Schema.</summary>
    public virtual JsonObject Schema() => new() { ["type"] = "string" };
}

/// <summary>Reads scalars by a text form and leaves the rest to another shape, if there is one.</summary>
internal sealed class TextFormShape(TextForm form, Shape? otherwise) : Shape
{
    public override string Expected => form.Expected;

    public override object? Hole => otherwise?.Hole;

    public override object? Read(ConfigNode node, Reading reading)
    {
        if (node is not ScalarNode { IsNothing: false } scalar)
        {
            return otherwise is null || node is ScalarNode ? Unexpected(node, reading) : otherwise.Read(node, reading);
        }

        var parsed = form.Parse(scalar.Text);
        return parsed.Problem is null ? parsed.Value : reading.Fail(node, parsed.Problem, parsed.Mend ?? $"Write {form.Expected}.");
    }

    public override JsonObject Schema(SchemaWriter writer) => otherwise is null
        ? form.Schema()
        : new() { ["anyOf"] = new JsonArray(form.Schema(), otherwise.Schema(writer)) };
}
