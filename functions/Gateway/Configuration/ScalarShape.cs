using System.Text.Json.Nodes;

namespace Gateway.Configuration;

/// <summary>A value that is written as one scalar.</summary>
/// <param name="expected">What is expected, with an example.</param>
/// <param name="parse">The value of a scalar, or what is wrong with it and what to do.</param>
/// <param name="schema">Its JSON Schema.</param>
internal sealed class ScalarShape(string expected, Func<ScalarNode, Parsed> parse, Func<JsonObject> schema, object? hole = null) : Shape
{
    public override string Expected => expected;

    public override object? Hole => hole;

    public override object? Read(ConfigNode node, Reading reading)
    {
        if (node is not ScalarNode { IsNothing: false } scalar)
        {
            return Unexpected(node, reading);
        }

        var parsed = parse(scalar);
        return parsed.Problem is null
            ? parsed.Value ?? Unexpected(node, reading)
            : reading.Fail(node, parsed.Problem, parsed.Mend ?? $"Write {expected}.");
    }

    public override JsonObject Schema(SchemaWriter writer) => SchemaWriter.OrInsertion(schema());
}

/// <summary>The outcome of reading a scalar: a value, or a problem and perhaps how to mend it; neither: not what was expected.</summary>
internal readonly record struct Parsed(object? Value, string? Problem = null, string? Mend = null)
{
    public static Parsed Fail(string problem, string? mend = null) => new(null, problem, mend);
}
